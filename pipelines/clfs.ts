/** CMS's clinical laboratory fee schedule: quarterly releases CLFS<yy>Q<n>, one file. */
import { clfs as file } from '../schemas/clfs/clfs.ts'
import { quarterNamed } from './release-name.ts'
import { defineSchedule } from './schedule.ts'

// 18CLAB.zip, 25CLABQ1.zip, 25CLABQ3v2.zip; CLFS 2025 Q1V1.csv, PUF_CLFS_CY2026_Q3V1.csv.
const releaseIn = quarterNamed(
  'CLFS',
  /(?<!\d)(?<year>\d\d)CLAB(?:Q(?<quarter>[1-4]))?/i,
  /CLFS[ _-]?(?:CY)?20(?<year>\d\d)[ _-]?Q(?<quarter>[1-4])/i,
  /CLFS(?<year>\d\d)Q(?<quarter>[1-4])/i,
)

export const clfs = defineSchedule({
  family: 'clfs',
  title: 'clinical laboratory fee schedule',
  names: [/^CLFS(?<year>\d\d)Q(?<quarter>[1-4])$/],
  example: 'CLFS25Q1',
  quarterly: 'CLFS{YY}Q{Q}',
  discovery: {
    listing: '/medicare/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files',
    releaseIn,
  },
  catalog: 'clfs-releases.csv',
  files: [file],
  namedAfter: releaseIn,
})
