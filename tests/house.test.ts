/** Rules that keep the house simple (CONTRIBUTING.md, "How it is built"). */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../src/paths.ts'

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const code = ['schemas', 'pipelines', 'src'].flatMap(filesIn)

/** Each file with those of ours that it imports. */
const imports = code.flatMap((file) =>
  [...text(file).matchAll(/(?:from|import) '(\.[^']+)'|import\('(\.[^']+)'\)/g)].map((found) => ({
    file,
    target: normalize(join(dirname(file), found[1] ?? found[2] ?? '')),
  })),
)
const folderOf = (file: string) => file.split('/')[0] ?? ''

describe('imports', () => {
  test('go one way: schemas, pipelines, src', () => {
    const order = ['schemas', 'pipelines', 'src']
    const back = imports.filter(
      ({ file, target }) => order.indexOf(folderOf(target)) > order.indexOf(folderOf(file)),
    )
    expect(back).toEqual([])
    expect(imports.length).toBeGreaterThan(300)
  })

  test('of the engine name no schedule', () => {
    const own = new Set(
      ['index.ts', 'schedule.ts', 'release-name.ts'].map((name) => `pipelines/${name}`),
    )
    const named = imports.filter(
      ({ file, target }) =>
        folderOf(file) === 'src' &&
        ((folderOf(target) === 'pipelines' && !own.has(target)) || /^schemas\/.*\//.test(target)),
    )
    expect(named).toEqual([])
  })

  test('of schemas and pipelines are declarations: nothing reads or writes', () => {
    const io = ['schemas', 'pipelines']
      .flatMap(filesIn)
      .filter((file) =>
        /from '(node:(fs|http|net|child_process).*|pg|kysely|unzipper)'/.test(text(file)),
      )
    expect(io).toEqual([])
  })
})

test('no file of the engine asks which schedule it works on', () => {
  const asking = filesIn('src').filter((file) =>
    /family\)? *[!=]==? *'|case '(pfs|zip)'/.test(text(file)),
  )
  expect(asking).toEqual([])
})

test('SQL stands where it is looked for', () => {
  // The generated types carry the comments of SQL.
  const allowed = /^src\/(cms|db|editorial|ingest|jobs|queries|runs)\//
  const strange = filesIn('src').filter(
    (file) =>
      !allowed.test(file) &&
      file !== 'src/fee-schedule-database.ts' &&
      /import \{[^}]*\bsql\b[^}]*\} from 'kysely'|\.(selectFrom|insertInto)\(/.test(text(file)),
  )
  expect(strange).toEqual([])
})

test('no file is longer than 300 lines', () => {
  const long = [...code, ...['tests', 'bench', 'docs', 'fixtures'].flatMap(filesIn)]
    .filter((file) => !file.includes('node_modules') && file !== 'src/fee-schedule-database.ts')
    .filter((file) => text(file).split('\n').length > 301)
  expect(long).toEqual([])
})
