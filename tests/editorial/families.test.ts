/** Families: whose code is whose, and what api says of it. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
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
for (const kind of ['codes', 'rules']) await mkdir(join(folder, kind), { recursive: true })
for (const kind of ['categories', 'families']) {
  await mkdir(join(folder, kind))
  for (const name of ['hcpcs-a.yaml', 'hcpcs-b.yaml']) {
    await copyFile(join(EDITORIAL, kind, name), join(folder, kind, name))
  }
}

/** The problems of the letters A and B after a change to the families of the letter B. */
async function problemsAfter(from: string, to: string) {
  expect(original).toContain(from)
  await writeFile(join(folder, 'families/hcpcs-b.yaml'), original.replace(from, to))
  return checkEditorial(await readEditorial(folder))
}

describe('editorial/families', () => {
  test.for([
    ['a code of another family', 'B0000-B4163', 'B0000-B4164', /^B4164 belongs to.* tube-/],
    ['a code of another category', 'B9000-B9999', 'B9000-B9999, C0001', /^C0001 to C0001 is not/],
    ['ends of two kinds', 'B9000-B9999', 'B9000-C9999', /^B9000-C9999 is no range of codes/],
    ['ends the wrong way round', 'B9000-B9999', 'B9999-B9000', /^B9999-B9000 is no range/],
    ['codes that are none', 'B9000-B9999', 'B9000 to B9999', /codes: expected codes such as/],
    ['a name that is taken', 'nutrition-pumps', 'tube-feeding', /has a family "tube-feeding"/],
    ['text that is not ours', 'Pumps that', 'CPT pumps that', /^"CPT" belongs to CPT or CDT/],
  ] as const)('%s: what is wrong, and where', async ([, from, to, message]) => {
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

  test('a code amid others of its number has the family of its kind', async () => {
    const pairs = await database.rows<{ hcpcs: string; family: string }>(`
      select hcpcs, f.family
        from (values ('99474'), ('A4295'), ('E1399'), ('G0137'), ('G2211'), ('Q5099')) code (hcpcs)
        join editorial.family f
          on f.shape = editorial.code_shape(hcpcs) and hcpcs collate "C" between first_code and last_code
       order by 1`)
    expect(pairs.map(({ hcpcs, family }) => [hcpcs, family])).toEqual([
      ['99474', 'remote-monitoring'],
      ['A4295', 'urinary-supplies'],
      ['E1399', 'equipment-without-code'],
      ['G0137', 'g-opioid-treatment'],
      ['G2211', 'g-care-management'],
      ['Q5099', 'biosimilars'],
    ])
  })

  test('a page tells what holds for its family, and where that stands', async () => {
    expect(await codePage(database.session.db, 'B4082')).toMatchObject({
      family: {
        family: 'tube-feeding',
        name: 'Tube feeding',
        plain_language: expect.stringMatching(/given through a tube/),
        performed_by: ['DME suppliers', 'Home infusion'],
        payment: expect.stringMatching(/^Not on the physician fee schedule/),
      },
      provenance: { family: { file: FILE, status: 'reviewed' } },
    })
  })

  test('its words find a code', async () => {
    const found = await searchCodes(database.session.db, 'pump nutrition')
    expect(found.map(({ hcpcs }) => hcpcs)).toContain('B9002')
  })

  test('is replaced with its history, and found by its new words; a broken file changes nothing', async () => {
    await problemsAfter('Tube feeding', 'Zeppelin feeding')
    await publish()
    const found = await searchCodes(database.session.db, 'zeppelin')
    expect(found.map(({ hcpcs }) => hcpcs)).toContain('B4082')
    // What a code is called itself comes first, wherever it stands.
    await database.rows(`
      insert into editorial.entry (hcpcs, content, source_file, content_hash)
      values ('B9999', '{"title": "Zeppelin", "synonyms": []}', 'made up', gen_random_uuid())`)
    await refreshSearch(database.session.db)
    expect((await searchCodes(database.session.db, 'zeppelin'))[0]?.hcpcs).toBe('B9999')
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
