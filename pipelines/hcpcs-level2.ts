/** CMS's HCPCS Level II file: HCPC<year>_ANWEB, one a year; quarterly HCPC<year>_<month>_ANWEB later. */
import { hcpcs as file } from '../schemas/hcpcs-level2/hcpcs-level2.ts'
import { quarterStart } from './release-name.ts'
import type { Pipeline } from './schedule.ts'

export const hcpcs: Pipeline = {
  family: 'hcpcs',
  title: 'HCPCS Level II',
  releases: /^HCPC/,
  datasets: [file],
  derived: [],
  priced: [],
  namedAfter(name) {
    const { year, month } =
      /HCPC(?<year>\d{4})_(?:(?<month>JAN|APR|JUL|OCT)_)?(?:CONTR_)?ANWEB/i.exec(name)?.groups ?? {}
    if (year === undefined) return null
    return `HCPC${year}_${month ? `${month}_` : ''}ANWEB`.toUpperCase()
  },
  // The name states the year and, where there are several in it, the month in which the file takes effect.
  date: (release) => ({
    effectiveFrom: quarterStart(release),
    effectiveFromSource: 'name',
    known: null,
  }),
  derive: () => [],
}
