/** The site in a real browser: accessible, with and without JavaScript, on a desk and on a phone. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportSite } from '../../src/preview/export.ts'
import { type Preview, startPreview } from '../../src/preview/server.ts'
import { accessibilityFaults, hasChromium, launch, styleOf } from '../helpers/chromium.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const PAGES = [
  '/',
  '/?q=drug',
  '/?q=nothing+of+the+kind',
  '/browse',
  '/browse/catheter-drug-delivery',
  '/codes/A4306',
  '/codes/G0101',
  '/codes/G0101?zip=36104',
  '/codes/G0101?zip=36104&state=06',
  '/codes/G0101/localities',
  '/codes/G0106',
  '/codes/G0103',
  '/codes/J1885',
  '/codes/A4351?zip=99501',
  '/codes/C7500',
  '/releases',
  '/diff/RVU25A/RVU25D',
  '/nothing',
]

/** Bytes of the page and of what it loads, and how far its layout shifted. */
const MEASURE = `new Promise((resolve) => {
  let shift = 0
  const add = (list) => list.getEntries().forEach(({ value }) => { shift += value })
  new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => {
    const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    resolve({ shift, bytes: loaded.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0) })
  }, 200)
})`

describe.skipIf(!hasChromium)('preview in Chromium (needs /usr/bin/chromium)', () => {
  const database = useDatabase()
  let preview: Preview
  let browser: Browser

  beforeAll(async () => {
    await loadSamples(database, 'RVU25A', 'RVU25D', 'RVU26B', 'ZIP5_OCT2025', 'HCPC2019_ANWEB')
    await loadSamples(database, 'CLFS24Q4', 'CLFS25Q1', 'ASP25Q1', 'ASP25Q2', 'DME25A', 'ASC25Q1')
    await loadSamples(database, 'MUP_PHY_D23')
    preview = await startPreview(database.session, database.log, 0)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await preview?.close()
  })

  /** Opens the page, runs the work, and fails on whatever the browser complains of. */
  async function visit(
    path: string,
    options: BrowserContextOptions,
    work: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      // Chromium reports the status of the page that is missing on purpose.
      if (!message.text().includes('404')) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(new URL(path, preview.url).href)
    await work(page)
    await context.close()
    expect(complaints).toEqual([])
  }

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    describe.each([1280, 768, 390])('%i pixels wide', (width) => {
      test.each(PAGES)('%s is accessible and does not scroll sideways', async (path) => {
        await visit(path, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
          expect(await accessibilityFaults(page)).toEqual([])
          const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          expect(overhang).toBeLessThanOrEqual(0)
        })
      })
    })
  })

  test.each(PAGES)(
    '%s weighs less than 60 KB with all that it needs, and does not shift',
    async (path) => {
      await visit(path, {}, async (page) => {
        const { bytes, shift } = await page.evaluate<{ bytes: number; shift: number }>(MEASURE)
        expect(bytes).toBeLessThan(60_000)
        expect(shift).toBe(0)
      })
    },
  )

  test.each(['/codes/G0101', '/codes/A4306'])('%s prints on two pages', async (path) => {
    await visit(path, {}, async (page) => {
      const pdf = (await page.pdf({ format: 'Letter' })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(2)
    })
  })

  test('without JavaScript: search, open a code, jump to a section, compare releases', async () => {
    await visit('/', { javaScriptEnabled: false }, async (page) => {
      await page.getByRole('searchbox', { name: 'Search codes' }).fill('elastomeric')
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByRole('link', { name: /A4306/ }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('A4306')
      await page.getByRole('link', { name: 'Questions' }).click()
      expect(page.url()).toMatch(/\/codes\/A4306#questions$/)
      await page.getByRole('link', { name: 'Releases' }).click()
      await page.getByLabel('Compare').selectOption('RVU25A')
      await page.getByLabel('with').selectOption('RVU25D')
      await page.getByRole('button', { name: 'Show what changed' }).click()
      expect(await page.title()).toContain('RVU25A → RVU25D')
    })
  })

  test('with JavaScript: results show while one types, are announced, and go again', async () => {
    await visit('/codes/G0101', {}, async (page) => {
      const box = page.getByRole('searchbox')
      await box.pressSequentially('a4306')
      await page.getByRole('status').getByText('1 code for “a4306”').waitFor({ state: 'attached' })
      expect(await page.locator('#content').isVisible()).toBe(false)
      expect(await accessibilityFaults(page)).toEqual([])
      await box.fill('')
      await page.locator('#content').waitFor()
      await box.fill('elastomeric')
      await page.getByRole('link', { name: /A4306/ }).click()
      await page.waitForURL(/\/codes\/A4306$/)
    })
  })

  test('by keyboard: the skip link comes first, and focus can be seen', async () => {
    await visit('/codes/A4306', {}, async (page) => {
      await page.keyboard.press('Tab')
      const link = page.locator('.skip')
      expect(await link.evaluate((element) => element.matches(':focus'))).toBe(true)
      expect(await styleOf(link, 'outlineStyle')).toBe('solid')
      expect((await link.boundingBox())?.x).toBeGreaterThanOrEqual(0)
      await page.keyboard.press('Enter')
      expect(await page.locator('main').evaluate((element) => element.matches(':focus'))).toBe(true)
    })
  })

  describe('as files', async () => {
    const folder = join(await makeFolder('browser'), 'site')
    beforeAll(() => exportSite(database.session, folder))

    test('without a server and without JavaScript, the list leads to every code', async () => {
      const home = pathToFileURL(join(folder, 'index.html')).href
      await visit(home, { javaScriptEnabled: false }, async (page) => {
        await page.getByRole('link', { name: /^All \d+ kinds/ }).click()
        await page.getByRole('link', { name: /drug delivery devices/ }).click()
        await page.getByRole('link', { name: /A4306/ }).click()
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('A4306')
        // The stylesheet applies from a file, too.
        expect(await styleOf(page.locator('.skip'), 'position')).toBe('absolute')
      })
    })

    test('without a server, a locality shows its payment', async () => {
      const code = pathToFileURL(join(folder, 'codes/G0101/index.html')).href
      await visit(code, {}, async (page) => {
        const choice = page.getByRole('combobox', { name: /^Locality/ })
        const texts = await choice.getByRole('option').allTextContents()
        const alaska = texts.find((text) => text.startsWith('AK')) ?? ''
        await choice.selectOption(alaska)
        const shown = await page.locator('.answer .amount').allTextContents()
        expect(alaska).toBe(['AK: Alaska', ...shown].join(' · '))
        expect(shown).toHaveLength(2)
      })
    })

    test('without a server, a state shows how often and what was charged', async () => {
      const code = pathToFileURL(join(folder, 'codes/G0101/index.html')).href
      await visit(code, {}, async (page) => {
        const choice = page.getByRole('combobox', { name: /^State/ })
        const texts = await choice.getByRole('option').allTextContents()
        const alabama = texts.find((text) => text.startsWith('Alabama')) ?? ''
        await choice.selectOption(alabama)
        const shown = await page.locator('tr.of-state td:not(.bar)').allTextContents()
        // Counts of both settings come first, then the averages of both.
        const [outside, inside] = alabama.replace('Alabama · ', '').split(' | ')
        const [a, b] = [outside?.split(' · ') ?? [], inside?.split(' · ') ?? []]
        expect(shown).toEqual(
          [a, b].flatMap((group) => group.slice(0, 3)).concat(a.slice(3), b.slice(3)),
        )
        expect(await page.locator('tr.of-state:visible').count()).toBe(8)
        await choice.selectOption('')
        expect(await page.locator('tr.of-state:visible').count()).toBe(0)
      })
    })

    test('with JavaScript, the index is searched from any page', async () => {
      await visit('about:blank', {}, async (page) => {
        await page.route('http://site.test/**', (route) =>
          route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
        )
        await page.goto('http://site.test/index.html?q=elastomeric+pump')
        await page.getByRole('link', { name: /A4306/ }).click()
        await page.waitForURL('http://site.test/codes/A4306/index.html')
        await page.getByRole('searchbox').fill('elastomerik')
        await page.getByText('try another spelling').waitFor()
        await page.getByRole('searchbox').fill('G0101')
        // The same line as the server's, with its price.
        const line = page.locator('#results .codes a')
        const served = await (await fetch(new URL('/results?q=G0101', preview.url))).text()
        expect(served).toContain(await line.locator('.price').innerHTML())
        await line.click()
        await page.waitForURL('http://site.test/codes/G0101/index.html')
        expect(await accessibilityFaults(page)).toEqual([])
      })
    })
  })
})
