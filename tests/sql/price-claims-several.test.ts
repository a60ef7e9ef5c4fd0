/** Worked examples of Medicare's manuals, in their own dollars (tests/helpers/claims.ts). */
import { describe, expect, test } from 'vitest'
import { priceLines, useExamples } from '../helpers/claims.ts'

const { database, amounts } = useExamples()
const codes = (...list: string[]) => list.map((hcpcs) => ({ hcpcs }))

describe('several procedures', () => {
  test('of surgery are paid 100, 50, 50, 50 and 50 percent, and then by report, whatever their order', async () => {
    const lines = await priceLines(
      database,
      codes('X0106', 'X0103', 'X0101', 'X0104', 'X0102', 'X0105'),
    )
    expect(lines.map(({ amount }) => amount)).toEqual([
      null,
      '300.00',
      '1000.00',
      '250.00',
      '400.00',
      '200.00',
    ])
    expect(lines[0]?.basis).toMatch(/sixth and further procedures .* by report/)
  })

  test('of surgery, as a contractor reckons them: 1,043.48, 461.45 and 505.30, of which Medicare pays 80 percent', async () => {
    // medicarepaymentandreimbursement.com, "Medicare payment for multiple surgical procedure", standard pricing example.
    const lines = await priceLines(database, codes('X0111', 'X0112', 'X0113'))
    expect(lines.map(({ amount, medicare_pays }) => [amount, medicare_pays])).toEqual([
      ['1043.48', '834.78'],
      ['461.45', '369.16'],
      ['505.30', '404.24'],
    ])
  })

  test('of surgery on both sides, as a contractor reckons them: 150 percent, and half of 172.56', async () => {
    // medicarebillingandcoding.blogspot.com, "Medicare payment for bilateral surgery procedure". It prints 547.96 for
    // 150 percent of 365.31, 547.965: chapter 12, section 40.2, rounds to the nearest cent.
    expect(
      await amounts({ hcpcs: 'X0121', modifiers: '50' }, { hcpcs: 'X0122', modifiers: '50' }),
    ).toEqual([547.97, 86.28])
  })

  test('count units, and not the lines of another day, claim, surgeon or assistant', async () => {
    expect(await amounts({ hcpcs: 'X0101', units: 3 })).toEqual([1000 + 500 + 500])
    expect(
      await amounts(
        { hcpcs: 'X0101', rendering_npi: '1' },
        { hcpcs: 'X0102', rendering_npi: '2' },
        { hcpcs: 'X0103', rendering_npi: '1', service_date: '2025-10-07' },
        { hcpcs: 'X0104', claim_id: '2' },
      ),
    ).toEqual([1000, 800, 600, 500])
    // A surgeon's share of an operation of two is one of his procedures (chapter 12, sections 40.6.C and 40.8.B).
    expect(await amounts({ hcpcs: 'X0131', modifiers: '62' }, { hcpcs: 'X0102' })).toEqual([
      562.5, 400,
    ])
    // What is refused is no procedure beside others.
    expect(
      await amounts({ hcpcs: 'X0101', modifiers: '50', units: 2 }, { hcpcs: 'X0102' }),
    ).toEqual([null, 800])
    expect(
      await amounts(
        { hcpcs: 'X0101', patient_id: 'p' },
        { hcpcs: 'X0102', claim_id: '2', patient_id: 'p' },
      ),
    ).toEqual([1000, 400])
  })

  test('keep their rank where only a contractor knows their percentage', async () => {
    // Chapter 12, section 40.6: surgeries are ranked by their fee schedule amounts.
    expect(await amounts({ hcpcs: 'X0101', modifiers: '22' }, { hcpcs: 'X0102' })).toEqual([
      null,
      400,
    ])
    expect(
      await amounts({ hcpcs: 'X0102', modifiers: '22', report_percent: 200 }, { hcpcs: 'X0101' }),
    ).toEqual([800, 1000])
  })

  test('of one endoscopic family are paid less the base: chapter 12, section 40.6.C, 405.14 in all', async () => {
    expect(await amounts(...codes('X1002', 'X1003'))).toEqual([30.58, 374.56])
    expect(await amounts(...codes('X1001', 'X1002', 'X1003'))).toEqual([0, 30.58, 374.56])
    expect((await priceLines(database, codes('X1001', 'X1002')))[0]).toMatchObject({
      ...{ amount: '0.00', basis: 'included in the other endoscopy of its family' },
    })
    expect(await amounts(...codes('X1002'))).toEqual([285.98])
  })

  test('of one endoscopic family, as coders reckon them for four shoulder codes: 310.02, 75.12 and 70.13', async () => {
    // aapc.com, "Applying special rules for multiple endoscopic procedures"; in all half of 455.27 beside a higher surgery.
    expect(await amounts(...codes('X1022', 'X1023', 'X1024'))).toEqual([310.02, 75.12, 70.13])
    expect(await amounts(...codes('X1022', 'X1023', 'X1024', 'X0101'))).toEqual([
      155.01, 37.56, 35.07, 1000,
    ])
  })

  test('of two families count each as one surgery', async () => {
    // 405.14 is more than 200 + (150 - 100), which is paid by half.
    expect(await amounts(...codes('X1002', 'X1003', 'X1012', 'X1013'))).toEqual([
      30.58, 374.56, 100, 25,
    ])
    expect(await amounts(...codes('X1002', 'X1003', 'X0101'))).toEqual([15.29, 187.28, 1000])
  })

  test('of imaging reduce both parts, each by its own rank: Change Request 7442, 860 in all until 2016', async () => {
    expect(await amounts(...codes('X4001', 'X4002'))).toEqual([600, 276])
    expect(
      await database.rows(
        `select share from api.multiple_procedure_rule where multiple_procedure_indicator = '4' and first_rank = 2 and valid_during @> date '2016-12-31' order by part`,
      ),
    ).toEqual([{ share: '0.75' }, { share: '0.50' }])
    expect(
      await amounts({ hcpcs: 'X4001', modifiers: 'TC' }, { hcpcs: 'X4002', modifiers: '26' }),
    ).toEqual([500, 80])
    expect(await amounts({ hcpcs: 'X4001' }, { hcpcs: 'X4002', modifiers: '59' })).toEqual([
      600, 480,
    ])
  })

  test('of imaging are reduced before the OPPS cap is compared', async () => {
    expect(await amounts({ hcpcs: 'X4003', modifiers: 'TC' })).toEqual([60])
    // Half of 100 is below the cap of 60.
    expect(
      await amounts({ hcpcs: 'X4001', modifiers: 'TC' }, { hcpcs: 'X4003', modifiers: 'TC' }),
    ).toEqual([500, 50])
  })

  test('of therapy reduce the practice expense by half: chapter 5, section 10.7', async () => {
    // 7 + 7 + 11 of work, 10 + 5 + 4 of practice expense, 1 + 1 + 1 of malpractice.
    expect(await amounts({ hcpcs: 'X5001', units: 2 }, { hcpcs: 'X5002' })).toEqual([18 + 13, 16])
  })

  test('of cardiovascular and eye tests reduce the technical part: Change Request 7848', async () => {
    expect(await amounts(...codes('X6001', 'X6002'))).toEqual([504, 65 + 111])
    expect(await amounts(...codes('X7001', 'X7002'))).toEqual([138, 35 + 42.4])
  })

  test('leave out a return to the operating room', async () => {
    expect(await amounts({ hcpcs: 'X3090', modifiers: '78' }, { hcpcs: 'X0101' })).toEqual([
      690, 1000,
    ])
  })
})

describe('old equipment takes of the technical part', () => {
  const alone = (...list: [hcpcs: string, modifiers: string, more?: object][]) =>
    amounts(
      ...list.map(([hcpcs, modifiers, more], at) => ({
        ...{ claim_id: String(at), hcpcs, modifiers, ...more },
      })),
    )

  test('20 percent of film (FX) and 10 of computed radiography (FY), one after the other', async () => {
    // Change Requests 9727 and 10188; both: AAPC, "Payments for use of X-ray equipment further reduced".
    expect(
      await alone(
        ['X4011', 'FX'],
        ['X4011', 'TC FX'],
        ['X4011', '26 FX'],
        ['X4011', 'FY', { units: 3 }],
        ['X4011', 'FX FY'],
        ['X4013', 'FX'],
        ['X4011', 'FX', { participating: false }],
      ),
    ).toEqual([25.21, 15.66, 9.55, 81.51, 23.65, 40, 23.95])
    expect(
      await database.rows(
        `select day::text, r.share from unnest('{2017-12-31,2018-01-01,2022-12-31,2023-01-01}'::date[]) day
           left join api.modifier_rule r on r.modifier = 'FY' and r.indicator_value = '1' and r.valid_during @> day order by day`,
      ),
    ).toEqual([
      { day: '2017-12-31', share: null },
      { day: '2018-01-01', share: '0.93' },
      { day: '2022-12-31', share: '0.93' },
      { day: '2023-01-01', share: '0.90' },
    ])
  })

  test('after the OPPS cap: the lower of the two, less 20 percent', async () => {
    // American College of Radiology on Change Request 9727: "the FX modifier will reduce whichever of these two amounts applies".
    expect(await alone(['X4012', 'TC FX'], ['X4012', 'FX'])).toEqual([48, 58])
  })

  test('15 percent of computed tomography (CT), after the rule for several images and the cap', async () => {
    expect(await alone(['70450', 'CT'], ['70450', 'CT TC'], ['70450', 'CT 26'])).toEqual([
      525, 425, 100,
    ])
    expect(
      await amounts({ hcpcs: '70450', modifiers: 'CT' }, { hcpcs: '70460', modifiers: 'CT' }),
    ).toEqual([525, 9.5 + 50 * 0.85])
    // An image of another session is not ranked.
    expect(
      await amounts({ hcpcs: '70450', modifiers: 'CT' }, { hcpcs: '70460', modifiers: 'CT 59' }),
    ).toEqual([525, 10 + 60 * 0.85])
  })

  test('of both sides that are two lines', async () => {
    expect(
      await amounts(
        { hcpcs: 'X4011', modifiers: 'FX LT' },
        { hcpcs: 'X4011', modifiers: 'FX RT', charge: 5 },
      ),
    ).toEqual([12.61, 5])
  })

  test('and refuses codes that have none, or whose own is not known', async () => {
    const lines = await priceLines(database, [
      { hcpcs: 'X9001', modifiers: 'FX' },
      { hcpcs: 'X4011', modifiers: 'CT' },
      { hcpcs: 'X4014', modifiers: 'FY' },
    ])
    expect(lines.map(({ amount, basis }) => [amount, basis])).toEqual([
      [null, 'modifier FX: The code has no technical part.'],
      [null, "modifier CT: The code is not on CMS's list of computed tomography."],
      [null, expect.stringMatching(/^modifier FY: The technical part of this code is a code/)],
    ])
  })

  test('and the steps say so', async () => {
    const [, line] = await priceLines(database, [
      { hcpcs: '70450', modifiers: 'CT' },
      { hcpcs: '70460', modifiers: 'CT' },
    ])
    expect(line?.steps.map(({ rule, after }) => [rule, after]).slice(0, 3)).toEqual([
      ['fee schedule', 70],
      ['several procedures', 59.5],
      ['modifier CT', 52],
    ])
  })
})
