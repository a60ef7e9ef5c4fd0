import { schedules } from '../../pipelines/index.ts'
import { tablesOf } from '../../pipelines/schedule.ts'
import type { Column, Table } from '../../schemas/table.ts'

/** Every table of versions as a part of schema `api`, in the words of its description in schemas/. */
export async function renderVersions(): Promise<string> {
  const tables = schedules.flatMap((schedule) => tablesOf(schedule))
  return [
    '-- The tables of versions in the contract. Made from schemas/ by `npm run docs`; change the schema, not this file.',
    ...tables.map(published),
  ].join('\n\n')
}

function published({ schema, name, summary, grain, columns, areas }: Table): string {
  const described = Object.entries<Column>(columns).map(
    ([column, { description }]) => `  ${JSON.stringify(column)}: ${JSON.stringify(description)}`,
  )
  return [
    `select ops.publish_versions('${schema}.${name}', ${quoted(summary)}, ${quoted(grain)}, $$ {`,
    described.join(',\n'),
    `} $$${areas ? `, '{${areas}}'` : ''});\n`,
  ].join('\n')
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
