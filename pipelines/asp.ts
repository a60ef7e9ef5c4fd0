/** What Medicare pays for Part B drugs: quarterly releases ASP<yy>Q<n>, one file, revised now and then within its quarter. */
import { asp as file } from '../schemas/asp/asp.ts'
import { quarterNamed } from './release-name.ts'
import { defineSchedule } from './schedule.ts'

// Names of CMS begin with the month or with the year; from 2026 on it is the Medicare Part B Payment Limit File.
const FILE = '(?:asp[-_ ]pricing|medicare[-_ ]part[-_ ]b[-_ ]payment[-_ ]limit)'
const releaseIn = quarterNamed(
  'ASP',
  new RegExp(`(?<month>jan|apr|jul|oct)[a-z]*[-_ ](?<year>20\\d\\d|\\d\\d)[-_ ]${FILE}`, 'i'),
  new RegExp(`(?<year>20\\d\\d)[-_ ](?<month>jan|apr|jul|oct)[a-z]*[-_ ]${FILE}`, 'i'),
  /ASP(?<year>\d\d)Q(?<quarter>[1-4])/i,
)

export const asp = defineSchedule({
  family: 'asp',
  title: 'payment limits of Part B drugs',
  names: [/^ASP(?<year>\d\d)Q(?<quarter>[1-4])$/],
  example: 'ASP25Q1',
  quarterly: 'ASP{YY}Q{Q}',
  discovery: { listing: '/medicare/payment/part-b-drugs/asp-pricing-files', releaseIn },
  catalog: 'asp-releases.csv',
  files: [file],
  namedAfter: releaseIn,
})
