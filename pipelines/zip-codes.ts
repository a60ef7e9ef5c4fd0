/** CMS's ZIP code to carrier locality file: quarterly releases ZIP5_<month><year>, one file. */
import { zip5 } from '../schemas/zip-codes/zip5.ts'
import { CmsFeesError } from '../src/errors.ts'
import type { ValidFile } from '../src/ingest/validate.ts'
import { quarterStart } from './release-name.ts'
import type { Derived, Pipeline } from './schedule.ts'

export const zip: Pipeline = {
  family: 'zip',
  title: 'ZIP codes',
  releases: /^ZIP5_/,
  datasets: [zip5],
  derived: [],
  priced: [],
  namedAfter(name) {
    const [, month, year] = /ZIP5_(JAN|APR|JUL|OCT)(\d{4})/i.exec(name) ?? []
    return month === undefined ? null : `ZIP5_${month}${year}`.toUpperCase()
  },
  // The name states the month in which the file takes effect.
  date: (release) => ({
    effectiveFrom: quarterStart(release),
    effectiveFromSource: 'name',
    known: null,
  }),
  derive,
}

/** Derives nothing. Throws E_WRONG_RELEASE where the rows are of another quarter than the file's name. */
function derive(files: readonly ValidFile[]): readonly Derived[] {
  for (const { file, constants } of files) {
    const { year, month } = zip5.member.exec(file.member.split('/').at(-1) ?? '')?.groups ?? {}
    const named = `${year}${['JAN', 'APR', 'JUL', 'OCT'].indexOf(month?.toUpperCase() ?? '') + 1}`
    if (constants.year_quarter !== named) {
      throw new CmsFeesError(
        'E_WRONG_RELEASE',
        `the rows of ${file.member} are of quarter ${constants.year_quarter}`,
      )
    }
  }
  return []
}
