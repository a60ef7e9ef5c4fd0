/**
 * Which packages each code of the payment limits stands for: quarterly releases NDC<yy>Q<n>. CMS lists it on the page of
 * the payment limits, but posts and revises it in a zip of its own.
 */
import { ndcCrosswalk } from '../schemas/asp/ndc-crosswalk.ts'
import { quarterNamed } from './release-name.ts'
import { defineSchedule } from './schedule.ts'

// CMS leaves ASP out of the name of some zips: january-2024-ndc-hcpcs-crosswalk.zip.
const FILE = '(?:asp[-_ ])?ndc[-_ ]hcpcs[-_ ]crosswalk'
const releaseIn = quarterNamed(
  'NDC',
  new RegExp(`(?<month>jan|apr|jul|oct)[a-z]*[-_ ](?<year>20\\d\\d)[-_ ]${FILE}`, 'i'),
  new RegExp(`(?<year>20\\d\\d)[-_ ](?<month>jan|apr|jul|oct)[a-z]*[-_ ]${FILE}`, 'i'),
  /NDC(?<year>\d\d)Q(?<quarter>[1-4])/i,
)

export const ndc = defineSchedule({
  family: 'ndc',
  title: 'NDC-HCPCS crosswalk',
  names: [/^NDC(?<year>\d\d)Q(?<quarter>[1-4])$/],
  example: 'NDC25Q1',
  quarterly: 'NDC{YY}Q{Q}',
  discovery: { listing: '/medicare/payment/part-b-drugs/asp-pricing-files', releaseIn },
  catalog: 'ndc-releases.csv',
  files: [ndcCrosswalk],
  namedAfter: releaseIn,
})
