/** Each listed schedule finds its releases, and theirs alone, on the page that CMS lists them on. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asc } from '../../pipelines/asc.ts'
import { asp } from '../../pipelines/asp.ts'
import { clfs } from '../../pipelines/clfs.ts'
import { dmepos } from '../../pipelines/dmepos.ts'
import { ndc } from '../../pipelines/ndc-crosswalk.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { offeredReleases } from '../../src/jobs/releases.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()
const cms = useCmsServer()
const html = (name: string) => readFileSync(join(FIXTURES, 'html', name), 'utf8')
const context = (licenses = ['ama', 'ada'] as const) => ({
  ...database,
  cms: { ...cms.settings, licenses: [...licenses] },
})

describe('discovery', () => {
  const CLFS = '/medicare/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files'

  test.each([
    [asp, [['ASP25Q1'], ['ASP25Q4'], ['ASP26Q1']]],
    [ndc, [['NDC25Q4']]],
  ] as const)('of $family, whose page links the zips of two schedules', async (schedule, names) => {
    cms.on(schedule.discovery.listing, html('asp-listing.html'))
    const { releases } = await offeredReleases(schedule, context())
    expect(releases.filter(({ listed }) => listed).map(({ release }) => [release])).toEqual(names)
  })

  test('of ndc, whose zips leave ASP out of their names now and then', async () => {
    const link =
      '<a href="/files/zip/july-2026-ndc-hcpcs-crosswalk.zip">July 2026 NDC-HCPCS Crosswalk</a>'
    cms.on(ndc.discovery.listing, link)
    const { releases } = await offeredReleases(ndc, context())
    expect(releases.filter(({ listed }) => listed)).toMatchObject([
      {
        release: 'NDC26Q3',
        source: 'cms',
        url: 'https://www.cms.gov/files/zip/july-2026-ndc-hcpcs-crosswalk.zip',
      },
    ])
    expect(releases.find(({ release }) => release === 'NDC24Q1')).toMatchObject({
      source: 'catalog',
      url: 'https://www.cms.gov/files/zip/january-2024-ndc-hcpcs-crosswalk.zip',
    })
    expect(releases.find(({ release }) => release === 'NDC25Q3')).toMatchObject({
      state: 'no file',
    })
  })

  test('an address of the catalog that nobody has confirmed says so', async () => {
    cms.on(asp.discovery.listing, html('asp-listing.html'))
    const { releases } = await offeredReleases(asp, context())
    const notes = new Map(releases.map(({ release, note }) => [release, note]))
    expect(notes.get('ASP05Q1')).toMatch(/^not on the listing page; .*nobody has confirmed it$/)
    expect(notes.get('ASP24Q3')).toBe('not on the listing page')
    for (const { url, note } of releases)
      if (url?.includes('/downloads/')) expect(note).toContain('nobody has confirmed')
  })

  test('of clfs, whose page links pages with zips behind the licence', async () => {
    cms.on(CLFS, html('clfs-listing.html'))
    cms.on(`${CLFS}/25clabq1`, html('clfs-25clabq1.html'))
    const { releases } = await offeredReleases(clfs, context())
    expect(releases.filter(({ listed }) => listed)).toMatchObject([
      { release: 'CLFS18Q1', source: 'catalog' },
      {
        release: 'CLFS25Q1',
        state: 'new',
        source: 'cms',
        url: 'https://www.cms.gov/files/zip/25clabq1.zip',
      },
      { release: 'CLFS26Q3', source: 'catalog' },
    ])
  })

  test('leads to the zip, which is loaded once the licences are accepted', async () => {
    cms.on(CLFS, html('clfs-listing.html'))
    cms.on(`${CLFS}/25clabq1`, html('clfs-25clabq1.html'))
    cms.on('/files/zip/25clabq1.zip', readFileSync(join(FIXTURES, 'clfs25q1.zip')))
    const refused = ingest(
      { release: 'CLFS25Q1' },
      { ...database, cms: { ...cms.settings, licenses: [] } },
    )
    await expect(refused).rejects.toMatchObject({ code: 'E_LICENSE_NOT_ACCEPTED' })
    const report = await ingest({ release: 'CLFS25Q1' }, context())
    expect(report).toMatchObject({ release: 'CLFS25Q1', files: [{ rows_accepted: 46 }] })
  })

  const DMEPOS = '/medicare/payment/fee-schedules/dmepos/dmepos-fee-schedule'

  test('of dmepos, whose January has no letter, and leads to the zip', async () => {
    cms.on(DMEPOS, html('dmepos-listing.html'))
    cms.on(`${DMEPOS}/dme25`, html('dmepos-dme25.html'))
    cms.on('/files/zip/dme25.zip', readFileSync(join(FIXTURES, 'dme25a.zip')))
    const { releases } = await offeredReleases(dmepos, context())
    expect(releases.filter(({ listed }) => listed).map(({ release }) => release)).toEqual([
      ...['DME20A', 'DME25A', 'DME25B', 'DME26C'],
    ])
    const report = await ingest({ release: 'DME25A' }, context())
    expect(report).toMatchObject({ release: 'DME25A', files: expect.any(Array) })
  })

  test('of asc, whose page links the zips behind the licence', async () => {
    cms.on(asc.discovery.listing, html('asc-listing.html'))
    const { releases } = await offeredReleases(asc, context())
    expect(releases.filter(({ listed }) => listed).map(({ release }) => release)).toEqual([
      ...['ASC25Q1', 'ASC25Q2', 'ASC25Q3'],
    ])
  })
})
