/** CMS's ZIP code to carrier locality file: quarterly releases ZIP5_<month><year>, one file. */
import { zip5 } from '../schemas/zip-codes/zip5.ts'
import { defineSchedule } from './schedule.ts'

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
})
