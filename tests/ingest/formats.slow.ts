import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()

test('a forced format is read for every file, and recorded with how well its layout is proven', async () => {
  const from = join(FIXTURES, 'rvu25a.zip')
  await ingest({ release: 'RVU25A', from, format: 'xlsx' }, database)
  expect(
    await database.rows(
      `select dataset, format, layout_evidence, rows_accepted from ops.release_file order by dataset`,
    ),
  ).toEqual(
    Object.entries({
      anesthesia: 109,
      conversion_factor: 2,
      gpci: 109,
      locality: 110,
      opps_cap: 1035,
      rvu: 1594,
    }).map(([dataset, rows_accepted]) => ({
      ...{ dataset, rows_accepted },
      ...{ format: 'xlsx', layout_evidence: 'proven' },
    })),
  )
  const [xlsx] = await database.rows(
    `select * from api.anesthesia_cf_on('2025-01-01') where mac = '02102'`,
  )
  expect(xlsx).toMatchObject({ locality: '01', conversion_factor: '27.86' })
})

test('the same bytes are read again where another format is asked for', async () => {
  const request = { release: 'RVU25A', from: join(FIXTURES, 'rvu25a.zip') } as const
  const again = await ingest({ ...request, format: 'csv' }, database)
  expect(
    again.files.map(({ dataset, format, versions_written }) => [dataset, format, versions_written]),
  ).toEqual([
    // The XLSX lacks the footnote marks of five rows: each is a version replaced by another.
    ['anesthesia', 'csv', 20],
    ['conversion_factor', 'csv', 0],
    ['gpci', 'csv', 0],
    ['locality', 'csv', 0],
    ['opps_cap', 'csv', 0],
    ['rvu', 'csv', 0],
  ])
  expect((await ingest({ ...request, format: 'csv' }, database)).outcome).toBe('nothing_new')
  expect((await ingest(request, database)).outcome).toBe('nothing_new')
})

const SAMPLE = {
  gates: ['opps-cap-codes-known'],
  because: 'the sample lacks most codes',
  operator: 'test',
}

test('a release of the transition keeps what Medicare paid apart from what it was to pay', async () => {
  const from = join(FIXTURES, 'rvu09a.zip')
  await ingest({ release: 'RVU09A', from, accept: SAMPLE }, database)
  expect(
    await database.rows(
      `select non_facility_pe_rvu, fully_implemented_non_facility_pe_rvu, fully_implemented_facility_total_rvu, imaging_family
         from api.rvu_on('2009-02-01') where hcpcs = 'G0101'`,
    ),
  ).toEqual([
    {
      non_facility_pe_rvu: '0.49',
      fully_implemented_non_facility_pe_rvu: '0.48',
      fully_implemented_facility_total_rvu: '0.95',
      imaging_family: '99',
    },
  ])
})

test('the basis of an amount says that its conversion factor never took effect', async () => {
  const from = join(FIXTURES, 'rvu13a.zip')
  await ingest({ release: 'RVU13A', from, accept: SAMPLE }, database)
  const [price] = await database.rows(`
    select p.basis, p.conversion_factor, w.basis as wrvu, a.basis as anesthesia
      from api.payment('G0101', '', '00000', '00', '2013-01-15') p, api.wrvu('G0101', '', '2013-01-15') w,
           api.anesthesia_payment(3, 60, '10102', '00', '2013-01-15') a`)
  const note =
    ' (by the 25.0008 dollars per RVU of RVU13A, which never took effect: American Taxpayer Relief Act of 2012 (Public Law 112-240), section 601)'
  expect(price).toEqual({
    basis: `fee schedule${note}`,
    conversion_factor: '25.0008',
    wrvu: 'as published',
    anesthesia: `anesthesia${note}`,
  })
})
