/** Every code has a page, made of CMS's data and of what editorial/ says. */
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { PLACEHOLDERS, RULES } from '../../schemas/editorial.ts'
import { publishContent } from '../../src/editorial/publish.ts'
import { EDITORIAL } from '../../src/paths.ts'
import { codePage } from '../../src/queries/code-page.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const work = await makeFolder('editorial')
beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'RVU26B')
  // The sample of RVU26B lacks the file that holds the second factor.
  await database.rows(`
    insert into pfs.conversion_factor (qualifying_apm, conversion_factor, content_hash, valid_during)
    values (true, 33.5675, gen_random_uuid(), '{[2026-04-01,)}')`)
  await database.rows(`create temporary table page as select * from api.code_page`)
})

const page = (code: string) => codePage(database.session.db, code)

describe('api.code_page', () => {
  test('has one row for each code of the schedule in force', async () => {
    expect(
      await database.rows(`
        select (select count(*) from page) = count(distinct hcpcs) as all,
               (select count(distinct hcpcs) from page) = count(distinct hcpcs) as once from api.rvu`),
    ).toEqual([{ all: true, once: true }])
  })

  test('tells A4306 whole, with where each section comes from', async () => {
    const found = await page('A4306')
    expect(found?.plain_language).toMatch(/speed, not about size/)
    expect(Object.entries(found ?? {}).filter(([, value]) => value === null)).toEqual([
      ['long_description', null],
      ['schedule_prices', null],
      ['unpriced_because', null],
      ['notes', null],
    ])
    expect(found?.rvu_information.sentences.map(({ rule }) => rule)).toEqual([
      'status_indicator',
      'rvus',
    ])
    // What the data answers, then what we write.
    const rules = found?.faq?.map(({ rule }) => rule) ?? []
    expect(rules.slice(0, 2)).toEqual(['status_indicator', 'rvus'])
    expect(rules.length).toBeGreaterThan(2)
    expect(rules.slice(2).filter((rule) => rule !== undefined)).toEqual([])
    expect(found?.provenance).toMatchObject({
      rvu_information: { source: 'CMS', release: 'RVU26B', effective_from: '2026-04-01' },
      plain_language: { file: 'editorial/codes/A4306.yaml', status: 'reviewed' },
      category: { file: 'editorial/categories/hcpcs-a.yaml' },
    })
  })

  test('of a code that nobody has written about invents nothing', async () => {
    const [row] = await database.rows<{ hcpcs: string }>(
      `select hcpcs from api.code_page where provenance #>> '{name,source}' = 'CMS' and hcpcs like 'G%' limit 1`,
    )
    const found = await page(row?.hcpcs ?? '')
    expect(found).toMatchObject({
      name: found?.short_description,
      synonyms: null,
      description: null,
      plain_language: null,
      clinical_context: null,
      specialties: null,
      notices: [
        // The sample RVU26B governed until June 2026.
        expect.stringMatching(/^The values are those of RVU26B.* is not loaded\.$/),
        expect.stringMatching(/^Nobody has written/),
      ],
      provenance: { billing_and_documentation: { file: 'editorial/categories/hcpcs-g.yaml' } },
    })
    expect(found?.provenance).not.toHaveProperty('description')
  })

  test('has a source for each section that has content, and for no other', async () => {
    expect(
      await database.rows(`
        select hcpcs, section
          from page p, jsonb_each(to_jsonb(p) - '{hcpcs,code_system,release,notices,provenance}'::text[]) s (section, content)
         where (content = 'null') = (p.provenance ? section)
         limit 5`),
    ).toEqual([])
  })

  test('tells national amounts with both conversion factors, as api.fee_schedule computes them', async () => {
    const found = await page('G0101')
    expect(found?.rvu_information.conversion_factors).toEqual([
      { qualifying_apm: false, conversion_factor: '33.4009' },
      { qualifying_apm: true, conversion_factor: '33.5675' },
    ])
    expect(found?.rvu_information.sentences.map(({ rule }) => rule)).toContain(
      'qualifying_apm_payment',
    )
    expect(
      await database.rows(`
        with f as materialized (select * from api.fee_schedule('00000', '00', current_date, false, 'latest')),
             q as materialized (select * from api.fee_schedule('00000', '00', current_date, true, 'latest'))
        select f.hcpcs
          from api.code_fact c
          join f using (hcpcs, modifier)
          join q using (hcpcs, modifier)
         where (facts ->> 'non_facility_amount', facts ->> 'facility_amount', facts ->> 'qualifying_apm_non_facility_amount', facts ->> 'qualifying_apm_facility_amount')
            is distinct from (f.non_facility_amount::text, f.facility_amount::text, q.non_facility_amount::text, q.facility_amount::text)`),
    ).toEqual([])
  })

  test('calls no HCPCS Level II code a CPT code', async () => {
    expect(
      await database.rows(
        `select hcpcs from page where code_system = 'HCPCS Level II' and to_jsonb(page)::text ~ '\\mCPT\\M'`,
      ),
    ).toEqual([])
  })
})

describe('rules', () => {
  test('name only what api.code_fact has', async () => {
    const rows = await database.rows<{ key: string }>(
      `select distinct jsonb_object_keys(facts) as key from api.code_fact`,
    )
    const facts = new Set(rows.map(({ key }) => key))
    expect([...RULES, ...PLACEHOLDERS].filter((name) => !facts.has(name))).toEqual([])
  })

  test('leave no placeholder and no gap in a sentence of any code', async () => {
    const filled = JSON.stringify(Object.fromEntries(PLACEHOLDERS.map((name) => [name, 'x'])))
    expect(
      await database.rows(`
        select rule, value from editorial.rule
         where coalesce(editorial.render(sentence, '${filled}') ~ '[{}]', true)
            or editorial.render(question, '${filled}') ~ '[{}]'`),
    ).toEqual([])
    expect(
      await database.rows(`
        select hcpcs, rule, value
          from api.code_fact c
         cross join lateral jsonb_each_text(facts) f (name, fact)
          join editorial.rule on (rule, value) = (name, fact)
         where editorial.render(sentence, facts) is null or (question is not null and editorial.render(question, facts) is null)
         limit 5`),
    ).toEqual([])
  })

  test('have a sentence for every value that CMS uses, except for what does not apply', async () => {
    expect(
      await database.rows(`
        select distinct name, fact
          from api.code_fact cross join lateral jsonb_each_text(facts) f (name, fact)
         where name in (select rule from editorial.rule) and fact is not null
           and fact not in ('9', '09', '99', 'HCPCS Level II')
           and not exists (select from editorial.rule where (rule, value) = (name, fact))`),
    ).toEqual([])
  })

  test('leave out a sentence of which a part is not known', async () => {
    expect(
      await database.rows(
        `select editorial.render('{a} and {b}', '{"a": "x", "b": null}') as text`,
      ),
    ).toEqual([{ text: null }])
  })
})

describe('a broken entry', () => {
  const publish = (folder: string) =>
    database.session.db.transaction().execute((trx) => publishContent(trx, database.log, folder))

  test('is rejected alone: it keeps its last good version, the others change', async () => {
    const folder = join(work, 'editorial')
    await cp(EDITORIAL, folder, { recursive: true })
    await writeFile(join(folder, 'codes/A4306.yaml'), 'hcpcs: A4306\ntitle: [\n')
    await writeFile(join(folder, 'codes/A4305.yaml'), 'hcpcs: A4305\ntitle: Changed\n')
    expect(await publish(folder)).toBe(1)
    expect(await page('A4305')).toMatchObject({
      name: 'Changed',
      notices: [expect.stringMatching(/RVU26B/), expect.stringMatching(/draft/)],
    })
    expect((await page('A4306'))?.plain_language).toMatch(/\S/)
    expect(
      await database.rows(
        `select hcpcs, upper_inf(known_during) as known from editorial.entry_history`,
      ),
    ).toEqual([{ hcpcs: 'A4305', known: false }])
  })

  test('that only the database refuses, or a folder that is not there, stops nothing either', async () => {
    await expect(publish(join(work, 'nowhere'))).resolves.toBe(0)
    expect(
      await database.rows(`select count(*) from api.code_page where name = 'Changed'`),
    ).toEqual([{ count: 1 }])
  })
})
