/** Debian's Chromium, for tests of pages; they are skipped, by name, where it is absent. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'

const EXECUTABLE = '/usr/bin/chromium'
export const hasChromium = existsSync(EXECUTABLE)

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser with a user data folder of its own, which it removes when it is closed. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: FLAGS })

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with the page, as 'rule: element'. Needs JavaScript: axe waits on timers. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run(): Promise<AxeResults> } }
    ).axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}

interface AxeResults {
  readonly violations: readonly { id: string; nodes: readonly { html: string }[] }[]
}

/** A style that applies to the element, by its name in JavaScript. */
export const styleOf = (locator: Locator, name: string): Promise<string | undefined> =>
  locator.evaluate((element, property) => {
    // The types of a browser are not those of the rest of the project.
    const browser = globalThis as unknown as {
      getComputedStyle(of: unknown): Record<string, string>
    }
    return browser.getComputedStyle(element)[property]
  }, name)
