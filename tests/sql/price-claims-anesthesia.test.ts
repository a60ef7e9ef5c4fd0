/** Worked examples of anesthesia, in their own dollars (tests/helpers/claims.ts): 20 for a unit. */
import { describe, expect, test } from 'vitest'
import { useExamples } from '../helpers/claims.ts'

const { database, amounts, only } = useExamples()

describe('anesthesia', () => {
  test('of years whose base units were never seen have no amount of anesthesia, and say so', async () => {
    const line = { hcpcs: '00100', modifiers: 'AA', units: 60, service_date: '2025-10-06' }
    await database.rows(`update claim.anesthesia_base_units set valid_during = '[2025-10-08,)'`)
    expect(await only(line)).toMatchObject({
      amount: null,
      basis: 'the base units of this year were never seen: give them in base_units',
    })
    expect(await amounts({ ...line, base_units: 5 })).toEqual([180])
    await database.rows(`update claim.anesthesia_base_units set valid_during = '[2022-01-01,)'`)
  })

  test('is paid by base units and minutes, by who gave it', async () => {
    const case_ = (modifiers: string) => ({
      hcpcs: '00100',
      modifiers,
      units: 60,
      place_of_service: '22',
    })
    expect(await amounts(case_('AA'))).toEqual([(5 + 4) * 20])
    expect(await amounts(case_('QZ'))).toEqual([180])
    expect(await amounts(case_('QK'), case_('QX'))).toEqual([90, 90])
    expect(await amounts(case_('AD'))).toEqual([60])
    // Who does not participate has a conversion factor of his own in cents, 18.34 beside 19.31, and not 95 percent of 301.24.
    const factor = (value: number) =>
      database.rows(`update pfs.anesthesia_cf set national_conversion_factor = ${value}`)
    await factor(19.31)
    expect(
      await amounts({ ...case_('AA'), units: 129, base_units: 7, participating: false }),
    ).toEqual([286.1])
    await factor(20)
    expect(await amounts({ ...case_('AA'), units: 1, minutes: 50, base_units: 7 })).toEqual([
      (7 + 3.3) * 20,
    ])
    // American Society of Anesthesiologists, Anesthesia Payment Basics 3: 7 base units and 129 minutes are 15.6 units.
    expect(await amounts({ ...case_('AA'), units: 129, base_units: 7 })).toEqual([312])
    // First Coast, "2012 anesthesia conversion factors": (.5 x (base units + time units)) x conversion factor, 24.97 or
    // 23.72 for who does not participate. Half of the cents of the whole would be 121.11.
    await factor(24.97)
    const directed = { ...case_('QK'), units: 70 }
    expect(await only(directed)).toMatchObject({ unit_amount: '242.21', amount: '121.10' })
    expect(await amounts({ ...directed, units: 65 })).toEqual([116.11])
    expect(await only({ ...directed, participating: false, assigned: false })).toMatchObject({
      amount: '115.04',
      limiting_charge: '132.30',
    })
    await factor(20)
    // A percentage that the contractor decided counts here too.
    expect(await amounts({ ...case_('QK 53'), report_percent: 50 })).toEqual([45])
    // Chapter 12, section 50.D: three base units, and one more of who was present at induction.
    expect(await amounts(case_('AD'), { ...case_('AD'), documented: true })).toEqual([60, 80])
    // Each day has three units, and no time counts.
    expect(await amounts({ ...case_('AA'), hcpcs: '01996', units: 2, minutes: 30 })).toEqual([120])
    // Of several anesthesia procedures the highest base counts.
    expect(await amounts(case_('AA'), { ...case_('AA'), hcpcs: '00210', units: 30 })).toEqual([
      80,
      (11 + 2) * 20,
    ])
    expect(await only(case_(''))).toMatchObject({
      amount: null,
      basis: expect.stringMatching(/needs one of the modifiers/),
    })
  })
})
