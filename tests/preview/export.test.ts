/** The site as files: complete, and every link leads to a file. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Exported, exportSite } from '../../src/preview/export.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const folder = join(await makeFolder('export'), 'site')
let exported: Exported

beforeAll(async () => {
  await loadSamples(database, 'RVU25D', 'RVU26B')
  // A tenth of the codes is enough, and takes a tenth of the time.
  await database.rows(`delete from pfs.rvu where hcpcs !~ '6$'`)
  exported = await exportSite(database.session, folder)
})

describe('preview --export', () => {
  test('writes a page for every code in force', async () => {
    const [count] = await database.rows(`select count(*) as codes from api.code_page`)
    expect({ codes: exported.codes }).toEqual(count)
    expect(await readdir(join(folder, 'codes'))).toHaveLength(exported.codes)
    const index = JSON.parse(await readFile(join(folder, 'assets/codes.json'), 'utf8'))
    expect(index).toHaveLength(exported.codes)
    expect(index.find(([code]: string[]) => code === 'A4306')[2]).toContain('elastomeric')
  })

  test('every link is relative and leads to a file', async () => {
    const names = await readdir(folder, { recursive: true })
    const pages = names.filter((name) => name.endsWith('.html'))
    expect(pages).toHaveLength(exported.pages)
    const dead = new Set<string>()
    for (const page of pages) {
      const markup = await readFile(join(folder, page), 'utf8')
      expect(markup).toContain('http-equiv="Content-Security-Policy"')
      for (const [, link = ''] of markup.matchAll(/(?:href|src|action|data-source)="([^"#?]+)/g))
        if (link.startsWith('/') || !existsSync(join(folder, dirname(page), link)))
          dead.add(`${page}: ${link}`)
    }
    expect([...dead]).toEqual([])
  })

  test('refuses a folder that holds something, and leaves the connection usable', async () => {
    await expect(exportSite(database.session, folder)).rejects.toMatchObject({ code: 'E_USAGE' })
    expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }])
  })
})
