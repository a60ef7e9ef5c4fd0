/**
 * Pictures of the pages for README and docs/preview.md: `npm run screenshots`. They show the releases of fixtures/, which
 * hold no licensed row, and need Chromium at /usr/bin/chromium.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { FIXTURES, ROOT } from '../src/paths.ts'
import { launch } from '../tests/helpers/chromium.ts'

const RELEASES = [
  ['RVU24A', 'rvu24a.zip'],
  ['RVU25A', 'rvu25a.zip'],
  ['RVU25D', 'rvu25d.zip'],
  ['RVU26B', 'rvu26b.zip'],
  ['HCPC2019_ANWEB', 'hcpc2019_anweb.zip'],
  ['ZIP5_OCT2025', 'zip5_oct2025.zip'],
  ['CLFS25Q1', 'clfs25q1.zip'],
  ['ASP25Q2', 'asp25q2.zip'],
  ['DME25A', 'dme25a.zip'],
  ['ASC25Q1', 'asc25q1.zip'],
] as const

const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

const PICTURES: readonly (readonly [string, string, BrowserContextOptions])[] = [
  ['home.png', '/', { viewport: DESK }],
  ['code.png', '/codes/G0101?zip=94110', { viewport: DESK }],
  ['localities.png', '/codes/G0101/localities', { viewport: DESK }],
  ['no-amount.png', '/codes/A4306', { viewport: DESK }],
  ['phone-dark.png', '/codes/G0101', { viewport: PHONE, colorScheme: 'dark' }],
]

const folder = join(ROOT, 'docs/screenshots')
const home = await mkdtemp(join(tmpdir(), 'cms-fees-screenshots-'))
const { DATABASE_URL: _, ...inherited } = process.env
const env = { ...inherited, CMS_FEES_HOME: home, LOG_LEVEL: 'error' }
const command = join(ROOT, 'bin/cms-fees.js')

try {
  for (const [release, file] of RELEASES) {
    const from = join(FIXTURES, file)
    const flags = ['ingest', release, '--from', from, '--allow-missing']
    await promisify(execFile)(process.execPath, [command, ...flags], { env })
  }
  await mkdir(folder, { recursive: true })
  await takePictures()
} finally {
  await rm(home, { recursive: true, force: true })
}

async function takePictures(): Promise<void> {
  const preview = spawn(process.execPath, [command, 'preview', '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(preview, 'exit')
  const browser = await launch()
  try {
    const [url] = await once(createInterface(preview.stdout), 'line')
    for (const [name, path, options] of PICTURES) {
      await takePicture(browser, new URL(path, url).href, join(folder, name), options)
    }
  } finally {
    await browser.close()
    preview.kill('SIGTERM')
    await ended
  }
}

async function takePicture(
  browser: Browser,
  url: string,
  path: string,
  options: BrowserContextOptions,
): Promise<void> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(url)
  await page.screenshot({ path })
  await context.close()
}
