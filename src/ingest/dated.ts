/** Of which release a file is, by each source that says so: its name, its title, its header, and the zip's name. */

import type { ReleaseName } from '../../pipelines/release-name.ts'
import { CmsFeesError } from '../errors.ts'

/** Null: the source does not say. */
export interface Statement {
  readonly source: string
  readonly year: number | null
  readonly month: number | null
}

/**
 * CMS names members carelessly, so what stands in the file and the zip's name outweigh the member's. Throws
 * E_WRONG_RELEASE where one of those says another release, or where the name does and none of them says this one.
 * Gives what is to be told where the name alone says another, else null.
 */
export function refuseOtherRelease(
  member: string,
  release: ReleaseName,
  name: Statement,
  weighty: readonly Statement[],
): string | null {
  const denied = deniedBy(name, release)
  const confirmed = weighty.some((one) => denied.every((part) => one[part] === release[part]))
  const refused =
    weighty.some((one) => deniedBy(one, release).length > 0) || (denied.length > 0 && !confirmed)
  if (!refused && denied.length === 0) return null
  const told = [...weighty, name]
    .filter(({ year, month }) => year !== null || month !== null)
    .map(({ source, ...date }) => `${source} says ${shown(date)}`)
    .join(', ')
  const text = `${member}: ${told}; ${release.name} is the release of ${shown(release)}`
  if (refused) throw new CmsFeesError('E_WRONG_RELEASE', text)
  return text
}

type Part = 'year' | 'month'

/** What of the date is another than the release's. */
const deniedBy = (statement: Statement, release: ReleaseName): Part[] =>
  (['year', 'month'] as const).filter(
    (part) => (statement[part] ?? release[part]) !== release[part],
  )

const shown = ({ year, month }: Pick<Statement, Part>): string =>
  [year ?? 'month', month === null ? [] : String(month).padStart(2, '0')].flat().join('-')
