/** CMS's ZIP code to carrier locality file: quarterly releases ZIP5_<month><year>, one file. */
import { zip5 } from '../schemas/zip-codes/zip5.ts'
import { Contradiction, defineSchedule } from './schedule.ts'

export const zip = defineSchedule({
  family: 'zip',
  title: 'ZIP codes',
  names: [/^ZIP5_(?<month>JAN|APR|JUL|OCT)(?<year>\d{4})$/],
  example: 'ZIP5_OCT2025',
  files: [zip5],
  namedAfter(name) {
    const [, month, year] = /ZIP5_(JAN|APR|JUL|OCT)(\d{4})/i.exec(name) ?? []
    return month === undefined ? null : `ZIP5_${month}${year}`.toUpperCase()
  },
  /** Derives nothing; the rows must be of the quarter that the file's name states. */
  derive(files) {
    for (const { file, constants } of files) {
      const { year, month } = zip5.member.exec(file.member.split('/').at(-1) ?? '')?.groups ?? {}
      const named = `${year}${['JAN', 'APR', 'JUL', 'OCT'].indexOf(month?.toUpperCase() ?? '') + 1}`
      if (constants.year_quarter !== named) {
        throw new Contradiction(
          'E_WRONG_RELEASE',
          `the rows of ${file.member} are of quarter ${constants.year_quarter}`,
        )
      }
    }
    return []
  },
})
