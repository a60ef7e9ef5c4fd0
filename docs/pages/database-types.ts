import type { Kysely } from 'kysely'
import type { Tables } from '../../src/db/tables.ts'
import { type Column, isNullable, type Relation, readRelations } from './contract.ts'

/** What the pg client gives for each type of PostgreSQL, unless it is told otherwise. */
const TYPES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  bigint: 'string',
  date: 'Day',
  datemultirange: 'string',
  daterange: 'string',
  integer: 'number',
  json: 'unknown',
  jsonb: 'unknown',
  numeric: 'string',
  smallint: 'number',
  text: 'string',
  'text[]': 'string[]',
  'timestamp with time zone': 'Date',
  tsvector: 'string',
  tstzrange: 'string',
  uuid: 'string',
}

/** TypeScript of every view and function row of `api`, for Kysely's users. */
export async function renderDatabaseTypes(db: Kysely<Tables>): Promise<string> {
  const relations = await readRelations(db)
  const views = relations.filter(({ kind }) => kind === 'view')
  return [
    [
      '/**',
      " * Schema `api` for Kysely: `new Kysely<FeeScheduleDatabase>(…).selectFrom('api.rvu')`. Made from the",
      ' * database by `npm run docs`; change the SQL, not this file. Decimals are text, so that none loses a digit.',
      ' * `Day` is how your pg client gives a date: a Date, or text where you set its parser so.',
      ' */',
      'export interface FeeScheduleDatabase<Day = Date> {',
      ...views.map((view) => {
        const row = rowOf(view, relations)
        return `  'api.${view.name}': ${typeName(row)}${parameter(row, '<Day>')}`
      }),
      '}',
    ].join('\n'),
    ...relations
      .filter((relation) => rowOf(relation, relations) === relation)
      .map((relation) => declaration(relation)),
  ]
    .join('\n\n')
    .concat('\n')
}

/** A view of today has the columns of its versions. */
const rowOf = (relation: Relation, all: readonly Relation[]): Relation =>
  all.find(({ name }) => name === `${relation.name}_versions`) ?? relation

function declaration(relation: Relation): string {
  return [
    `/** ${relation.description ?? ''} */`,
    `export interface ${typeName(relation)}${parameter(relation, '<Day = Date>')} {`,
    ...relation.columns.map((column) => `  ${column.name}: ${columnType(column)}`),
    '}',
  ].join('\n')
}

const typeName = ({ name }: Relation): string =>
  name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

const parameter = ({ columns }: Relation, text: string): string =>
  columns.some(({ type }) => type === 'date') ? text : ''

/** Throws where a column has a type that no line of TYPES names. */
function columnType(column: Column): string {
  const type = TYPES[column.type]
  if (!type) throw new Error(`no TypeScript type for ${column.type} of ${column.name}`)
  return isNullable(column) ? `${type} | null` : type
}
