/** Families: whose code is whose, and what api says of it. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkEditorial } from '../../src/editorial/check.ts'
import { codeRanges } from '../../src/editorial/families.ts'
import { publishContent } from '../../src/editorial/publish.ts'
import { readEditorial } from '../../src/editorial/read.ts'
import { EDITORIAL } from '../../src/paths.ts'
import { codePage } from '../../src/queries/code-page.ts'
import { refreshSearch, searchCodes } from '../../src/queries/search.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const work = await makeFolder('families')
const folder = join(work, 'editorial')
const FILE = 'editorial/families/hcpcs-b.yaml'
const original = await readFile(join(EDITORIAL, 'families/hcpcs-b.yaml'), 'utf8')
await cp(EDITORIAL, folder, { recursive: true })

/** The problems of editorial/ after a change to the families of the letter B. */
async function problemsAfter(from: string, to: string) {
  expect(original).toContain(from)
  await writeFile(join(folder, 'families/hcpcs-b.yaml'), original.replace(from, to))
  return checkEditorial(await readEditorial(folder))
}

describe('editorial/families', () => {
  test.for([
    ['a code of another family', 'B0000-B4163', 'B0000-B4164', 27, /^B4164 belongs to.* tube-/],
    [
      'a code of another category',
      'B9000-B9999',
      'B9000-B9999, C0001',
      51,
      /^C0001 to C0001 is not/,
    ],
    ['ends of two kinds', 'B9000-B9999', 'B9000-C9999', 51, /^B9000-C9999 is no range of codes/],
    ['ends the wrong way round', 'B9000-B9999', 'B9999-B9000', 51, /^B9999-B9000 is no range/],
    ['codes that are none', 'B9000-B9999', 'B9000 to B9999', 51, /codes: expected codes such as/],
    ['a name that is taken', 'nutrition-pumps', 'tube-feeding', 50, /has a family "tube-feeding"/],
    ['text that is not ours', 'Pumps that', 'CPT pumps that', 58, /^"CPT" belongs to CPT or CDT/],
  ] as const)('%s: its line, and what is wrong', async ([, from, to, , message]) => {
    expect(await problemsAfter(from, to)).toContainEqual(
      expect.objectContaining({ file: FILE, message: expect.stringMatching(message) }),
    )
  })

  test('a code that no family has is found in its category', async () => {
    expect(await problemsAfter('B4164-B8999', 'B4165-B8000')).toMatchObject([
      { file: 'editorial/categories/hcpcs-b.yaml', message: 'no family has B4164' },
      {
        file: 'editorial/categories/hcpcs-b.yaml',
        message: 'no family has the codes B8001 to B8999',
      },
    ])
  })

  test('reads ranges and single codes', () => {
    expect(codeRanges('99202-99215, 0213T')).toEqual([
      { shape: '00000', first_code: '99202', last_code: '99215' },
      { shape: '0000T', first_code: '0213T', last_code: '0213T' },
    ])
  })
})

describe('in the database', () => {
  const database = useDatabase()
  beforeAll(() => loadSamples(database, 'RVU26B', 'HCPC2019_ANWEB'))
  const publish = () =>
    database.session.db.transaction().execute(async (trx) => {
      await publishContent(trx, database.log, folder)
      await refreshSearch(trx)
    })

  test('every code has one family, of its own shape', async () => {
    expect(
      await database.rows(`
        select hcpcs from api.code_family group by hcpcs having count(*) > 1 or min(family) is null`),
    ).toEqual([])
    const pairs = await database.rows<{ hcpcs: string; family: string | null }>(`
      select hcpcs, f.family
        from (values ('99213'), ('0021T'), ('0021U'), ('00210'), ('G0101'), ('G0434'), ('GXXX1'), ('I0001')) code (hcpcs)
        left join editorial.family f
          on f.shape = editorial.code_shape(hcpcs) and hcpcs collate "C" between first_code and last_code
       order by 1`)
    expect(pairs.map(({ hcpcs, family }) => [hcpcs, family])).toEqual([
      ['00210', 'anesthesia-head-neck'],
      ['0021T', 'new-technology'],
      ['0021U', 'proprietary-tests'],
      ['99213', 'office-visits'],
      ['G0101', 'g-screening'],
      ['G0434', 'g-drug-tests'],
      ['GXXX1', 'placeholder'],
      ['I0001', null],
    ])
  })

  test('a page tells what holds for its family, and where that stands', async () => {
    expect(await codePage(database.session.db, 'B4150')).toMatchObject({
      family: {
        family: 'tube-feeding',
        name: 'Tube feeding',
        plain_language: expect.stringMatching(/given by a tube/),
        performed_by: ['DME suppliers', 'Home infusion'],
        payment: expect.stringMatching(/^Not on the physician fee schedule/),
      },
      provenance: { family: { file: FILE, status: 'draft' } },
    })
  })

  test('its words find a code, after those that say it themselves', async () => {
    const found = await searchCodes(database.session.db, 'pump nutrition')
    expect(found.map(({ hcpcs }) => hcpcs)).toContain('B9002')
    const swallowed = await database.rows<{ rank: number; own: boolean }>(`
      select s.rank, to_tsvector('english', concat_ws(' ', s.name, s.description)) @@ plainto_tsquery('english', 'ambulance') as own
        from api.search('ambulance') s order by s.rank desc`)
    expect(swallowed.some(({ own }) => !own)).toBe(true)
    expect(swallowed.findLastIndex(({ own }) => own)).toBeLessThan(
      swallowed.findIndex(({ own }) => !own),
    )
  })

  test('is replaced with its history, and found by its new words; a broken file changes nothing', async () => {
    await problemsAfter('Tube feeding', 'Zeppelin feeding')
    await publish()
    expect(await searchCodes(database.session.db, 'zeppelin')).toMatchObject([{ hcpcs: 'B4034' }])
    expect(
      await database.rows(
        `select content ->> 'name' as name from editorial.family_history where family = 'tube-feeding'`,
      ),
    ).toEqual([{ name: 'Tube feeding' }])
    await problemsAfter('B0000-B4163', 'B0000-B4164')
    await publish()
    expect(
      await database.rows(`select name from api.family where family = 'tube-feeding'`),
    ).toEqual([{ name: 'Zeppelin feeding' }])
  })
})
