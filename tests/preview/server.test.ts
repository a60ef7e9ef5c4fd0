/** The site over HTTP, on a real database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Preview, startPreview } from '../../src/preview/server.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'
import { HOSTILE } from './rows.ts'

const database = useDatabase()
let preview: Preview

beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'RVU25D', 'RVU26B')
  const content = JSON.stringify({ title: HOSTILE, description: HOSTILE, synonyms: [HOSTILE] })
  await database.session.client.query(
    `insert into editorial.entry (hcpcs, content, source_file, content_hash)
     values ('A4305', $1, $2, gen_random_uuid())
     on conflict (hcpcs) do update set content = excluded.content, source_file = excluded.source_file`,
    [content, HOSTILE],
  )
  preview = await startPreview(database.session.db, database.log, 0)
})
afterAll(() => preview.close())

const get = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, preview.url), { redirect: 'manual', ...init })
const text = async (path: string) => (await get(path)).text()

describe('pages', () => {
  test('the page of a code has every section that its row has', async () => {
    const [row = {}] = await database.rows(`select * from api.code_page where hcpcs = 'A4306'`)
    const markup = await text('/codes/a4306')
    for (const column of ['description', 'plain_language', 'clinical_context', 'faq', 'provenance'])
      expect(markup).toContain(`<section id="${column}"`)
    expect(markup).toContain(row.name)
    expect(await text('/codes/G0101')).toMatch(/<svg [\s\S]*<title id="chart-title">Total RVUs: /)
  })

  test('a code that only an earlier release had shows its history', async () => {
    const [gone] = await database.rows<{ hcpcs: string }>(
      `select hcpcs from api.rvu_versions except select hcpcs from api.rvu order by 1 limit 1`,
    )
    expect(await text(`/codes/${gone?.hcpcs}`)).toContain('not in the release')
  })

  test('search finds by code, name and synonym, without JavaScript and as a fragment', async () => {
    for (const query of ['a430', 'drug delivery', 'elastomeric'])
      expect(await text(`/?q=${encodeURIComponent(query)}`)).toContain('href="/codes/A4306"')
    expect(await text('/results?q=A4306')).toMatch(/^<h1>1 code for “A4306”<\/h1>/)
    expect(await text('/?q=%25')).not.toContain('href="/codes/A4306"')
    expect(await text('/?q=')).toContain('href="/browse/A"')
    expect(await text('/browse/a')).toContain('href="/codes/A4306"')
  })

  test('releases, and what changed between two', async () => {
    expect(await text('/releases')).toContain('href="/diff/RVU25D/RVU26B"')
    expect(await text('/diff/RVU25A/RVU25D')).toMatch(/\d+ changed, \d+ added, \d+ deleted/)
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
  test.for(['/', '/codes/A4306', '/assets/style.css', '/nothing'])(
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
    ['/%E0%A4%A', 400],
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
      expect(page).toContain(`<span class="number">${codes[index]}</span>`)
    })
  })

  test('a port that is taken is a usage error', async () => {
    const port = Number(new URL(preview.url).port)
    await expect(startPreview(database.session.db, database.log, port)).rejects.toMatchObject({
      code: 'E_USAGE',
      next: 'Name another with --port.',
    })
  })
})
