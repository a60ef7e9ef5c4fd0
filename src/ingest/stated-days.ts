/** The days for which a file says that it holds: 'Effective January 1, 2025 through March 31, 2025'. */
import { statedDate } from '../../pipelines/release-name.ts'
import type { SourceFile } from '../../schemas/file.ts'
import { dayOf } from '../day.ts'
import { CmsFeesError } from '../errors.ts'

export interface StatedDays {
  /** Days as text, such as 2025-01-01; the last one included. */
  readonly from: string
  readonly to: string
}

/** `title`: what stands above the data. Null where no file of this kind states days. Throws E_WRONG_RELEASE. */
export function statedDaysIn(
  { statedDays }: SourceFile,
  title: string,
  member: string,
): StatedDays | null {
  if (!statedDays) return null
  const groups = statedDays.exec(title)?.groups
  const [from, to] = [dayInWords(groups?.from), dayInWords(groups?.to)]
  if (from && to && from <= to) return { from, to }
  throw new CmsFeesError(
    'E_WRONG_RELEASE',
    `${member} does not say for which days it holds; above its data stands ${JSON.stringify(title.slice(0, 200))}`,
    { next: 'Open the file. If CMS says it in other words, add them to its schema.' },
  )
}

/** 2025-01-01 of 'January 1, 2025'; null where it is no day. */
function dayInWords(text = ''): string | null {
  const groups = /^(?<month>[a-z]+)\.? (?<day>\d{1,2}),? (?<year>\d{4})$/i.exec(text)?.groups
  const { year, month } = statedDate(groups)
  return dayOf(String(year), String(month), groups?.day ?? '')
}
