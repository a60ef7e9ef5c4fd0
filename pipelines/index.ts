/** The registry: every schedule that can be loaded. */
import { asc } from './asc.ts'
import { asp } from './asp.ts'
import { clfs } from './clfs.ts'
import { dmepos } from './dmepos.ts'
import { hcpcs } from './hcpcs-level2.ts'
import { ndc } from './ndc-crosswalk.ts'
import { partBUtilization } from './part-b-utilization.ts'
import { pfs } from './pfs.ts'
import { isListed, type Schedule } from './schedule.ts'
import { zip } from './zip-codes.ts'

export const schedules: readonly Schedule[] = [
  pfs,
  zip,
  hcpcs,
  clfs,
  asp,
  ndc,
  dmepos,
  asc,
  partBUtilization,
]

/** Those whose releases CMS lists on a page that is declared, and those that only come from a path so far. */
export const [listed, unlisted] = [
  schedules.filter(isListed),
  schedules.filter((schedule) => !isListed(schedule)),
]
