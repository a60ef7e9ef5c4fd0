/** CMS's HCPCS Level II file: HCPC<year>_ANWEB, one a year; quarterly HCPC<year>_<month>_ANWEB later. */
import { hcpcs as file } from '../schemas/hcpcs/hcpcs.ts'
import type { Pipeline } from '../src/pipeline.ts'
import { quarterStart } from '../src/release.ts'

export const hcpcs: Pipeline = {
  family: 'hcpcs',
  releases: /^HCPC/,
  datasets: [file],
  derived: [],
  // The name states the year and, where there are several in it, the month in which the file takes effect.
  date: (release) => ({
    effectiveFrom: quarterStart(release),
    effectiveFromSource: 'name',
    known: null,
  }),
  derive: () => [],
}
