/** The site over HTTP, on a real database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/db/session.ts'
import { type Preview, startPreview } from '../../src/preview/server.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'
import { HOSTILE } from './rows.ts'

const database = useDatabase()
let preview: Preview

beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'RVU25D', 'RVU26B', 'ZIP5_OCT2025')
  const content = JSON.stringify({ title: HOSTILE, description: HOSTILE, synonyms: [HOSTILE] })
  await database.session.client.query(
    `insert into editorial.entry (hcpcs, content, source_file, content_hash)
     values ('A4305', $1, $2, gen_random_uuid())
     on conflict (hcpcs) do update set content = excluded.content, source_file = excluded.source_file`,
    [content, HOSTILE],
  )
  preview = await startPreview(database.session, database.log, 0)
})
afterAll(() => preview.close())

const get = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, preview.url), { redirect: 'manual', ...init })
const text = async (path: string) => (await get(path)).text()

describe('pages', () => {
  test('the page of a code has the sections that its row has something for', async () => {
    const [row = {}] = await database.rows(`select * from api.code_page where hcpcs = 'A4306'`)
    const markup = await text('/codes/a4306')
    for (const section of ['plain', 'use', 'billing', 'questions', 'related', 'sources'])
      expect(markup).toContain(`<section id="${section}"`)
    expect(markup).toContain(row.name)
    expect(markup).toContain('href="/codes/A4305"')
    expect(markup).not.toMatch(/<section id="(near|parts)"|\.yaml/)
    expect(await text('/codes/G0101')).toMatch(
      /<svg [\s\S]*<title id="chart-title">National payment: /,
    )
  })

  test('where the patient owes no coinsurance, no sentence says that the amount includes it', async () => {
    const screening = await text('/codes/G0101')
    expect(screening).toContain('The patient owes no coinsurance.')
    expect(screening).toContain('The amount includes what the patient owes of it, if anything.')
    expect(screening).not.toMatch(/includes the patient.s share/)
  })

  test('payment near the reader: by ZIP code, by locality, and everywhere', async () => {
    const [place] = await database.rows<Record<'zip' | 'mac' | 'locality' | 'amount', string>>(
      `select p.zip, p.mac, p.locality, p.non_facility_amount as amount
         from api.payment_zip z
        cross join lateral api.payment_by_zip('G0101', '', z.zip, current_date, false, 'latest') p
        where z.valid_during @> current_date and not p.plus_four_required and p.non_facility_amount is not null
        order by z.zip limit 1`,
    )
    const amount = `$${place?.amount}`
    expect(await text(`/codes/G0101?zip=${place?.zip}`)).toContain(amount)
    expect(await text(`/codes/G0101?locality=${place?.mac}-${place?.locality}`)).toContain(amount)
    expect(await text('/codes/G0101?zip=00000')).toContain('does not have 00000')
    expect(await text('/codes/G0101?zip=abc')).toContain('‘abc’ is not a ZIP code')
    const everywhere = await text('/codes/G0101/localities')
    expect(everywhere).toContain(amount)
    const [count] = await database.rows('select count(*) as places from api.locality_directory')
    expect(everywhere.match(/<tr><th scope="row">/g)).toHaveLength(Number(count?.places))
    expect((await get('/codes/A4306/localities')).status).toBe(404)
  })

  test('a code that only an earlier release had shows its history', async () => {
    const [gone] = await database.rows<{ hcpcs: string }>(
      `select hcpcs from api.rvu_versions except select hcpcs from api.rvu order by 1 limit 1`,
    )
    expect(await text(`/codes/${gone?.hcpcs}`)).toContain('Not in the schedule')
  })

  test('search finds by code, name and synonym, without JavaScript and as a fragment', async () => {
    for (const query of ['a430', 'drug delivery', 'elastomeric'])
      expect(await text(`/?q=${encodeURIComponent(query)}`)).toContain('href="/codes/A4306"')
    expect(await text('/results?q=A4306')).toMatch(/^<h1>1 code for “A4306”<\/h1>/)
    expect(await text('/?q=%25')).not.toContain('href="/codes/A4306"')
  })

  test('home and the kinds of codes lead to every code', async () => {
    expect(await text('/?q=')).toContain('href="/browse/catheter-drug-delivery"')
    expect(await text('/browse')).toContain('href="/browse/catheter-drug-delivery"')
    expect(await text('/browse/catheter-drug-delivery')).toContain('href="/codes/A4306"')
  })

  test('home shows what the release in force changed most', async () => {
    const [most] = await database.rows<Record<'hcpcs' | 'before' | 'after', string>>(
      `select hcpcs, non_facility_before as before, non_facility_after as after
         from api.release_changes('RVU25D', 'RVU26B')
        where non_facility_change > 0 order by non_facility_change desc limit 1`,
    )
    const home = await text('/')
    expect(home).toContain(
      'compared with RVU25D. RVU26A is not loaded: changes may have begun in that time.',
    )
    expect(await text('/codes/G0101')).toContain(
      'RVU26A, in force from January 1, 2026, is not loaded: changes may have begun then.',
    )
    expect(home).toContain(`href="/codes/${most?.hcpcs}"`)
    expect(home).toContain(`<b>+$${(Number(most?.after) - Number(most?.before)).toFixed(2)}`)
  })

  test('releases, and what changed between two', async () => {
    expect(await text('/releases')).toContain('href="/diff/RVU25D/RVU26B"')
    expect(await text('/releases')).toContain('<tr id="RVU26B">')
    const loaded = await get('/releases/rvu26b')
    expect([loaded.status, loaded.headers.get('location')]).toEqual([303, '/releases#RVU26B'])
    for (const [name, message] of [
      ['RVU26A', 'RVU26A is not loaded. Load it with: cms-fees ingest RVU26A'],
      ['nothing', 'There is no release of this name.'],
    ] as const) {
      const missing = await get(`/releases/${name}`)
      expect([missing.status, await missing.text()]).toEqual([
        404,
        expect.stringContaining(message),
      ])
    }
    expect(await text('/diff/RVU25A/RVU25D')).toMatch(
      /<b>\d+ codes?<\/b> changed<\/li><li><b>\d+ codes?<\/b> added/,
    )
    const form = await get('/diff?from=RVU25A&to=RVU25D')
    expect([form.status, form.headers.get('location')]).toEqual([303, '/diff/RVU25A/RVU25D'])
  })

  test('hostile content of an entry and of addresses stays text', async () => {
    const query = encodeURIComponent(HOSTILE)
    for (const path of ['/codes/A4305', `/?q=${query}`, `/codes/${query}`, `/diff/${query}/x`])
      expect(await text(path)).not.toMatch(/<script>|<img|<!--/)
    expect(await text('/codes/A4305')).toContain('&lt;script&gt;alert(1)')
  })
})

describe('answers', () => {
  test.for(['/', '/codes/A4306', '/assets/tokens.css', '/nothing'])(
    'headers of %s',
    async (path) => {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy')
      expect(policy).toMatch(/^default-src 'none'/)
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  test.for([
    ['/nothing', 404],
    ['/codes/Z9999', 404],
    ['/codes/', 404],
    ['/codes/A%00', 404],
    ['/?q=%00', 404],
    ['/constructor', 404],
    ['/assets/..%2Fserver.ts', 404],
    ['/assets/constructor', 404],
    ['/browse/%20', 404],
    ['/diff', 404],
    ['/diff/RVU25A/RVU19A', 404],
    ['/diff/RVU25A/RVU25D/9', 404],
    ['/diff/RVU25A/RVU25D/x', 404],
    ['/%E0%A4%A', 404],
    ['/codes/%E0%A4%A', 404],
    ['/browse/vaccines/9', 404],
  ] as const)('%s is %i', async ([path, status]) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('<h1>')
  })

  test('HEAD has no body, and nothing can be written', async () => {
    const head = await get('/', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await get('/', { method: 'POST' })).status).toBe(405)
  })

  test('questions at the same time all get their own answer', async () => {
    const codes = ['A4305', 'A4306', 'G0101', 'G0102', 'A4305', 'A4306']
    const pages = await Promise.all(codes.map((code) => text(`/codes/${code}`)))
    pages.forEach((page, index) => {
      expect(page).toContain(`<span class="code">${codes[index]}</span>`)
    })
  })

  test('the server answers before all codes are read', async () => {
    const other = await openSession(database.url)
    await other.client.query('begin; lock table pfs.rvu in access exclusive mode')
    const second = await startPreview(database.session, database.log, 0)
    expect((await fetch(new URL('/assets/tokens.css', second.url))).status).toBe(200)
    await other.client.query('commit')
    expect((await fetch(second.url)).status).toBe(200)
    await second.close()
    await other.close()
  })

  test('a port that is taken is a usage error', async () => {
    const port = Number(new URL(preview.url).port)
    await expect(startPreview(database.session, database.log, port)).rejects.toMatchObject({
      code: 'E_USAGE',
      next: 'Name another with --port.',
    })
  })
})
