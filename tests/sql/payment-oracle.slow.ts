import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { hasReal, REAL } from '../helpers/real.ts'

describe.skipIf(!hasReal)("CMS's own payment files (not in the repository)", () => {
  const database = useDatabase()

  beforeAll(async () => {
    for (const [release, from] of [
      ['RVU24A', 'relaid/rvu24a.zip'],
      ['RVU24AR', 'relaid/rvu24ar.zip'],
      ['RVU25A', 'rvu25a-updated-01_10_2025.zip'],
      ['RVU25D', 'rvu25d-0.zip'],
      ['RVU26B', 'rvu26b-partial'],
    ] as const) {
      await ingest({ release, from: join(REAL, from), allowMissing: true }, database)
    }
  }, 300_000)

  test('203 rows of PFAL25A, OPPS columns included', async () => {
    const file = readFileSync(join(REAL, 'payment-oracle/PFAL25A_excerpt.txt'), 'latin1')
    const published = file
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '').trim()))
      .map((cells) => {
        const [, mac, locality, hcpcs = '', modifier = '', non_facility, facility] = cells
        const [indicator, opps, facility_opps] = cells.slice(-3)
        return {
          place: `${mac}/${locality}`,
          hcpcs,
          modifier,
          fees: [Number(non_facility), Number(facility)],
          opps: indicator === '1' ? [Number(opps), Number(facility_opps)] : [null, null],
        }
      })
    const ours = new Map(
      (
        await database.rows<Record<string, string | null>>(
          `select hcpcs, modifier, non_facility_fee, facility_fee, non_facility_opps_amount, facility_opps_amount,
                  non_facility_amount, facility_amount
             from api.fee_schedule('10112', '00', '2025-01-01')`,
        )
      ).map((row) => [`${row.hcpcs}${row.modifier}`, row]),
    )
    const number = (text: string | null | undefined) => (text ? Number(text) : null)
    expect(published).toHaveLength(203)
    for (const row of published) {
      const our = ours.get(row.hcpcs + row.modifier)
      expect({
        place: '10112/00',
        hcpcs: our?.hcpcs,
        modifier: our?.modifier,
        fees: [number(our?.non_facility_fee), number(our?.facility_fee)],
        opps: [number(our?.non_facility_opps_amount), number(our?.facility_opps_amount)],
      }).toEqual(row)
      const payable = (fee = 0, cap: number | null = null) => Math.min(fee, cap ?? fee)
      expect([number(our?.non_facility_amount), number(our?.facility_amount)]).toEqual([
        payable(row.fees[0], row.opps[0]),
        payable(row.fees[1], row.opps[1]),
      ])
    }
  })

  test('every OPPSCAP price of RVU25D with status A or R is what we hold to be payable', async () => {
    // CMS repeats six localities of MAC 01182 under 01112, which has no GPCI for them.
    const [found] = await database.rows(`
      with cap as materialized (
        select c.*, case when g.mac is null then '01182' else c.mac end as gpci_mac
          from api.opps_cap_on('2025-10-01') c
          left join api.gpci_on('2025-10-01') g using (mac, locality)
         where c.status_indicator in ('A', 'R')
      )
      select count(*) as rows,
             count(*) filter (where p.non_facility_amount = c.non_facility_price and p.non_facility_capped) as non_facility,
             count(*) filter (where p.facility_amount = c.facility_price and p.facility_capped) as facility
        from cap c
       cross join lateral api.payment(c.hcpcs, c.modifier, c.gpci_mac, c.locality, '2025-10-01') p`)
    expect(found).toEqual({ rows: 6670, non_facility: 6670, facility: 6670 })
  }, 300_000)

  test('the cap bites nowhere that OPPSCAP does not list', async () => {
    expect(
      await database.rows(`
        select g.mac, g.locality, f.hcpcs, f.modifier
          from (select * from api.gpci_on('2025-10-01') order by mac, locality limit 12) g
         cross join lateral api.fee_schedule(g.mac, g.locality, '2025-10-01') f
         where f.non_facility_capped
        except
        select mac, locality, hcpcs, modifier from api.opps_cap_on('2025-10-01')`),
    ).toEqual([])
  }, 300_000)

  test.each([
    ['99213', '01112', '05', '2026-04-01', '117.58', '64.37'],
    ['99203', '04412', '99', '2026-04-01', '114.05', null],
    ['99213', '10112', '00', '2024-03-08', '82.30', '60.38'],
    ['99213', '10112', '00', '2024-03-09', '83.66', '61.39'],
    ['99213', '13202', '01', '2024-03-08', '101.54', '72.14'],
    ['99213', '13202', '01', '2024-03-09', '103.22', '73.33'],
  ])('%s at %s/%s on %s', async (hcpcs, mac, locality, day, non_facility, facility) => {
    const [row] = await database.rows<Record<string, string>>(
      `select non_facility_fee, facility_fee from api.payment('${hcpcs}', '', '${mac}', '${locality}', '${day}')`,
    )
    expect(row?.non_facility_fee).toBe(non_facility)
    if (facility) expect(row?.facility_fee).toBe(facility)
  })
})
