/** What is in editorial/, as files. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import {
  categorySchema,
  entrySchema,
  familiesSchema,
  PLACEHOLDERS,
  RULES,
  ruleSchema,
} from '../../schemas/editorial.ts'
import { copiedText } from '../../src/editorial/check.ts'
import { readEditorial, readItem } from '../../src/editorial/read.ts'
import { EDITORIAL } from '../../src/paths.ts'
import { makeFolder } from '../helpers/folder.ts'

const editorial = await readEditorial(EDITORIAL)
const work = await makeFolder('editorial')

describe('editorial/', () => {
  test('has no file that is left out', () => {
    expect(editorial.problems).toEqual([])
    expect(editorial.entries.length).toBeGreaterThan(180)
  })

  test('describes every letter of HCPCS Level II, and a rule for each name in RULES', () => {
    const letters = editorial.categories
      .filter(({ content }) => content.code_system === 'HCPCS Level II')
      .map(({ content }) => content.first_code[0])
    expect(letters.sort().join('')).toBe('ABCEGHJKLMPQRSTUV')
    expect(editorial.rules.map(({ content }) => content.rule).sort()).toEqual([...RULES].sort())
  })

  test('uses every placeholder', () => {
    const used = editorial.rules.flatMap(({ content: { question, sentences } }) =>
      [question ?? '', ...Object.values(sentences)].flatMap((text) => [
        ...text.matchAll(/\{(\w+)\}/g),
      ]),
    )
    expect([...new Set(used.map(([, name]) => name))].sort()).toEqual([...PLACEHOLDERS].sort())
  })

  const templates: [string, z.ZodType<object>, string][] = [
    ['code', entrySchema, 'A9999'],
    ['category', categorySchema, 'category'],
    ['families', familiesSchema, 'category'],
    ['rule', ruleSchema, 'global-days'],
  ]
  test.for(templates)(
    'the template of %s fits its schema and names it',
    async ([name, schema, stem]) => {
      const text = await readFile(join(EDITORIAL, 'templates', `${name}.yaml`), 'utf8')
      expect(text).toMatch(`# yaml-language-server: $schema=../schema/${name}.json\n`)
      expect(readItem(`${stem}.yaml`, text, schema, () => stem)).toHaveProperty('content')
    },
  )
})

const entry = (lines: string) =>
  readItem('A4306.yaml', `hcpcs: A4306\n${lines}`, entrySchema, ({ hcpcs }) => hcpcs)
const rule = (lines: string) =>
  readItem('rvus.yaml', `rule: rvus\nsource: s\n${lines}`, ruleSchema, ({ rule }) => rule)

describe('a broken file', () => {
  test.for([
    ['a field that is missing', () => entry('synonyms: []\n'), 1, /^title: /],
    ['a field that nobody knows', () => entry('title: t\nsynonym: x\n'), 1, /"synonym"/],
    [
      'a value of another type',
      () => entry('title: t\nsynonyms:\n  - a\n  - 5\n'),
      5,
      /^synonyms\.1: /,
    ],
    ['YAML that is none', () => entry('title: "t\n'), 3, /quote/],
    ['a key that stands twice', () => entry('title: t\ntitle: u\n'), 3, /unique/],
    ['an alias without an anchor', () => entry('title: *none\n'), 1, /none/],
    ['braces in prose', () => entry('title: t\ndescription: "{work_rvu}"\n'), 3, /braces/],
    [
      'what is left of a template',
      () => entry('title: t\ndescription: A $drug\n'),
      3,
      /left of a template/,
    ],
    ['a character that cannot be stored', () => entry('title: "a\\0"\n'), 2, /^title: /],
    ['a review without a day', () => entry('title: t\nstatus: reviewed\n'), 3, /reviewed_on/],
    [
      'a day that does not exist',
      () => entry('title: t\nreviewed_on: "2026-02-30"\n'),
      3,
      /reviewed_on: /,
    ],
    [
      'a dead placeholder',
      () => rule('sentences:\n  none: "{rvus}"\n'),
      4,
      /no placeholder \{rvus\}/,
    ],
    [
      'a brace that is not closed',
      () => rule('sentences:\n  none: "{hcpcs"\n'),
      4,
      /no placeholder \{hcpcs/,
    ],
    [
      'a rule that the data does not have',
      () => readItem('x.yaml', 'rule: x\nsource: s\nsentences: {}\n', ruleSchema, () => 'x'),
      1,
      /^rule: /,
    ],
    [
      'the name of another code',
      () => readItem('A4305.yaml', 'hcpcs: A4306\ntitle: t\n', entrySchema, ({ hcpcs }) => hcpcs),
      1,
      /named A4306\.yaml/,
    ],
    [
      'nothing in it',
      () => readItem('A4306.yaml', '', entrySchema, ({ hcpcs }) => hcpcs),
      1,
      /expected object/,
    ],
  ] as const)('%s: its line, and what is wrong', ([, read, line, message]) => {
    expect(read()).toContainEqual(
      expect.objectContaining({ line, message: expect.stringMatching(message) }),
    )
  })

  test('leaves the others readable', async () => {
    const folder = join(work, 'editorial')
    await cp(EDITORIAL, folder, { recursive: true })
    await writeFile(join(folder, 'codes/A4306.yaml'), 'hcpcs: A4306\n')
    const read = await readEditorial(folder)
    expect(read.problems).toMatchObject([{ file: 'editorial/codes/A4306.yaml', line: 1 }])
    expect(read.entries).toHaveLength(editorial.entries.length - 1)
  })
})

describe('words of the official description', () => {
  const copies = (hcpcs: string, text: string, wording: string) => {
    const read = readItem(
      `${hcpcs}.yaml`,
      `hcpcs: "${hcpcs}"\ntitle: ${text}\n`,
      entrySchema,
      (entry) => entry.hcpcs,
    )
    if (!('content' in read)) throw new Error('the entry is no entry')
    return copiedText(read, new Map([[hcpcs, [wording]]])).map(({ message }) => message)
  }
  const long = 'Made-up apparatus for the lifting of heavy things, each'

  test.for([
    ['of a CPT code: four are too many', '99213', 'It is FOR the lifting of, yes', long, 1],
    ['of a CPT code: three are not', '99213', 'It is for the lifting', long, 0],
    [
      'short, of HCPCS Level II: three are not',
      'A4306',
      'Made-up apparatus lifts',
      'Made up apparatus lift',
      0,
    ],
    [
      'short, of HCPCS Level II: four',
      'A4306',
      'Our made up apparatus lift',
      'Made-up apparatus lift',
      1,
    ],
    ['long, of HCPCS Level II: five are not', 'A4306', 'For the lifting of heavy loads', long, 0],
    ['long, of HCPCS Level II: six', 'A4306', 'For the lifting of heavy things', long, 1],
  ] as const)('%s', ([, hcpcs, text, wording, problems]) => {
    expect(copies(hcpcs, text, wording)).toHaveLength(problems)
  })
})
