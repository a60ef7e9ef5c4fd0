/** What Medicare pays ambulatory surgical centers: quarterly releases ASC<yy>Q<n>, the addenda to the rule, brought up to date. */
import { ancillary } from '../schemas/asc/ancillary.ts'
import { deviceOffset } from '../schemas/asc/device-offset.ts'
import { commentIndicators, paymentIndicators } from '../schemas/asc/indicator.ts'
import { excluded, procedure } from '../schemas/asc/procedure.ts'
import { quarterNamed } from './release-name.ts'
import { defineSchedule } from './schedule.ts'

// january-2025-asc-approved-hcpcs-code-and-payment-rates.zip, 2021-July-ASC-Addenda.zip, January_2025_ASC_Addenda.xlsx
const releaseIn = quarterNamed(
  'ASC',
  /(?<month>jan|apr|jul|oct)[a-z]*[-_ ](?<year>20\d\d)[-_ ]asc/i,
  /(?<year>20\d\d)[-_ ](?<month>jan|apr|jul|oct)[a-z]*[-_ ]asc/i,
  /ASC(?<year>\d\d)Q(?<quarter>[1-4])/i,
)

export const asc = defineSchedule({
  family: 'asc',
  title: 'payment rates of ambulatory surgical centers',
  names: [/^ASC(?<year>\d\d)Q(?<quarter>[1-4])$/],
  example: 'ASC25Q1',
  quarterly: 'ASC{YY}Q{Q}',
  discovery: {
    listing:
      '/medicare/payment/prospective-payment-systems/ambulatory-surgical-center-asc/asc-payment-rates-addenda',
    releaseIn,
  },
  catalog: 'asc-releases.csv',
  files: [procedure, ancillary, paymentIndicators, commentIndicators, excluded, deviceOffset],
  namedAfter: releaseIn,
})
