/** CMS's HCPCS Level II file: HCPC<year>_ANWEB, one a year; quarterly HCPC<year>_<month>_ANWEB later. */
import { hcpcs as file } from '../schemas/hcpcs-level2/hcpcs-level2.ts'
import { defineSchedule } from './schedule.ts'

export const hcpcs = defineSchedule({
  family: 'hcpcs',
  title: 'HCPCS Level II',
  names: [/^HCPC(?<year>\d{4})_(?:(?<month>JAN|APR|JUL|OCT)_)?ANWEB$/],
  example: 'HCPC2026_JAN_ANWEB',
  files: [file],
  namedAfter(name) {
    const { year, month } =
      /HCPC(?<year>\d{4})_(?:(?<month>JAN|APR|JUL|OCT)_)?(?:CONTR_)?ANWEB/i.exec(name)?.groups ?? {}
    if (year === undefined) return null
    return `HCPC${year}_${month ? `${month}_` : ''}ANWEB`.toUpperCase()
  },
})
