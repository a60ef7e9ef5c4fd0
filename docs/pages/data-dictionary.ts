import type { Kysely } from 'kysely'
import type { Tables } from '../../src/db/tables.ts'
import { type ApiFunction, type Relation, readFunctions, readRelations } from './contract.ts'

/** Every view, function and column of `api`, in the words of the database's comments. */
export async function renderDataDictionary(db: Kysely<Tables>): Promise<string> {
  const relations = await readRelations(db)
  const functions = await readFunctions(db)
  const views = relations.filter(({ kind }) => kind === 'view')
  const types = relations.filter(({ kind }) => kind === 'type')
  return [
    '# Data dictionary',
    'Schema `api` is the contract: everything in it, from the comments in the database. Made by `npm run docs`; change the SQL, not this page.',
    'RVUs and dollars are exact decimals. A null is a value that CMS or the law does not give, never a zero.',
    '## Functions',
    ...functions.flatMap((each) => functionSection(each)),
    '## Rows of functions',
    ...types.flatMap((type) => relationSection(type, relations)),
    '## Views',
    ...views.flatMap((view) => relationSection(view, relations)),
  ]
    .join('\n\n')
    .concat('\n')
}

function functionSection({ name, arguments: parameters, result, description }: ApiFunction) {
  const row = /^SETOF api\.(\w+)$/.exec(result)?.[1]
  const returns = row ? `Rows of [api.${row}](#api${row}).` : `Gives ${result}.`
  return [`### api.${name}()`, `\`api.${name}(${parameters})\``, description ?? '', returns]
}

function relationSection(relation: Relation, all: readonly Relation[]): string[] {
  const heading = [`### api.${relation.name}`, relation.description ?? '']
  const versions = all.find(({ name }) => name === `${relation.name}_versions`)
  if (versions)
    return [...heading, `Columns: those of [api.${versions.name}](#api${versions.name}).`]
  const rows = relation.columns.map(
    ({ name, type, description }) =>
      `| \`${name}\` | ${type} | ${(description ?? '').replaceAll('|', '\\|')} |`,
  )
  return [...heading, ['| Column | Type | Meaning |', '|---|---|---|', ...rows].join('\n')]
}
