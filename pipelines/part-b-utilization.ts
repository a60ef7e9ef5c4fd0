/**
 * CMS's 'Medicare Physician & Other Practitioners by Geography and Service': MUP_PHY_D23 is the data of 2023. CMS posts a
 * year again, under the number of a later round (R26), which is a revision of it.
 */
import { utilization } from '../schemas/mup-phy/utilization.ts'
import { defineSchedule } from './schedule.ts'

export const partBUtilization = defineSchedule({
  family: 'mup_phy',
  title: 'Part B utilization',
  names: [/^MUP_PHY_D(?<year>\d\d)$/],
  example: 'MUP_PHY_D23',
  files: [utilization],
  namedAfter(name) {
    const [, year] = /MUP_PHY_(?:RY?\d\d_P\d\d_V\d\d_)?D(\d\d)(?!\d)/i.exec(name) ?? []
    return year === undefined ? null : `MUP_PHY_D${year}`
  },
})
