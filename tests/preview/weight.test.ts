/** The longest lists stay light, with what they load: browser.slow.ts weighs the others in a browser. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { PREVIEW_ASSETS } from '../../src/paths.ts'
import { localitiesPage } from '../../src/preview/code/near.ts'
import { documentOf } from '../../src/preview/document.ts'
import type { Page } from '../../src/preview/page.ts'
import { browsePage } from '../../src/preview/pages/lists.ts'
import { served } from '../../src/preview/site.ts'
import { families } from '../../src/queries/code-lists.ts'
import { localPayments } from '../../src/queries/local-payment.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'
import { codePage } from './rows.ts'

const database = useDatabase()
beforeAll(() => loadSamples(database, 'RVU25D'))

/** Bytes of a page and of every file that it names. */
async function weightOf(page: Page): Promise<number> {
  const markup = documentOf(served, page).toString()
  const files = [...markup.matchAll(/"\/assets\/([\w.-]+)"/g)].map(([, name = '']) => name)
  expect(files).toContain('frame.css')
  const sizes = files.map(async (name) => (await stat(join(PREVIEW_ASSETS, name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, Buffer.byteLength(markup))
}

test('codes by kind, where every kind has thousands of codes', async () => {
  const codes = Array.from({ length: 1000 }, () => ({ hcpcs: 'G0101', name: '' }))
  const all = (await families(database.session.db)).map((family) => ({ ...family, codes }))
  expect(await weightOf(browsePage(served, all))).toBeLessThan(60_000)
})

test('a code in every locality', async () => {
  const places = (await localPayments(database.session.db, ['G0101'])).get('G0101') ?? []
  expect(places.length).toBeGreaterThan(100)
  expect(await weightOf(localitiesPage(served, codePage(), places))).toBeLessThan(50_000)
})
