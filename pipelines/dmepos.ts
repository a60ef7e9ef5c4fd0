/** The DMEPOS fee schedule: releases DME<yy><letter>, the fees by state and in former bidding areas, and the ZIP codes of both. */
import { dmepos as stateFees } from '../schemas/dmepos/dmepos.ts'
import { formerCba, formerCbaZip } from '../schemas/dmepos/former-cba.ts'
import { mailOrder } from '../schemas/dmepos/mail-order.ts'
import { pen } from '../schemas/dmepos/pen.ts'
import { ruralZip } from '../schemas/dmepos/rural-zip.ts'
import { defineSchedule } from './schedule.ts'

export const dmepos = defineSchedule({
  family: 'dmepos',
  title: 'DMEPOS fee schedule',
  names: [/^DME(?<year>\d\d)(?<letter>[A-D])(?:_CARES)?$/],
  example: 'DME25A',
  quarterly: 'DME{YY}{L}',
  discovery: { listing: '/medicare/payment/fee-schedules/dmepos/dmepos-fee-schedule', releaseIn },
  catalog: 'dmepos-releases.csv',
  files: [stateFees, pen, ruralZip, formerCba, formerCbaZip, mailOrder],
  namedAfter: releaseIn,
})

/** DME25A of dme25.zip and of dme25-a; DME22B of dme22-b-posted-031522.zip. CMS leaves out the letter of January. */
function releaseIn(text: string): string | null {
  const pattern = /(?<![a-z\d])dme[-_ ]?(?<year>\d\d)(?:[-_ ]?(?<letter>[a-d])r?)?(?![a-z\d])/i
  const { year, letter = 'A' } = pattern.exec(text)?.groups ?? {}
  return year === undefined ? null : `DME${year}${letter.toUpperCase()}`
}
