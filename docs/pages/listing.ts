import { schedules } from '../../pipelines/index.ts'
import type { SourceFile } from '../../schemas/file.ts'

/** What names and describes codes, for search and for pages of codes: of each schedule, in the order of the registry. */
export async function renderListing(): Promise<string> {
  const described = schedules.flatMap(({ files }, place) =>
    files.filter(describes).map((file) => ({ file, place })),
  )
  const tables = described.map(({ file: { table } }) => `'${table.schema}.${table.name}'`)
  return `-- The codes of every file that keeps a description of them. Made from schemas/ by \`npm run docs\`; change the schema, not this file.

drop view if exists search.listing cascade;
create view search.listing as
select *
  from (
${described.map(rowsOf).join('\n     union all\n')}
  ) described
 -- Modifiers stand in the column of codes too. Of a pattern the planner asks what it knows of the column, of a length nothing.
 where hcpcs like '_____';
comment on view search.listing is
  'The codes of every file that keeps a description of them, and what it calls them. Grain: version of the table. place: the lower, the sooner its words are taken; a description is null where the file has none.';

select search.watch(source) from unnest(array[
  ${tables.join(',\n  ')}
]::regclass[]) source;
`
}

/** Descriptions that are read and not kept, such as those of another's copyright, describe nothing. */
const keptOf = ({ codes, table }: SourceFile): string[] =>
  (codes?.descriptions ?? []).filter((column) => column in table.columns)

const describes = (file: SourceFile): boolean => !file.checkOnly && keptOf(file).length > 0

function rowsOf({ file, place }: { file: SourceFile; place: number }): string {
  const { table, codes } = file
  const kept = keptOf(file)
  const short = kept.find((column) => column.startsWith('short')) ?? kept[0]
  // The last one is the longest; where it is null, the one before.
  const long = kept.filter((column) => column !== short).reverse()
  const longest = long.length > 1 ? `coalesce(${long.join(', ')})` : (long[0] ?? 'null::text')
  const columns = [
    ['hcpcs', codes?.column],
    ['short_description', short],
    ['long_description', longest],
  ].map(([name, column]) => (name === column ? column : `${column} as ${name}`))
  return `    select '${table.name}' as table_name, ${place} as place, ${columns.join(', ')}, valid_during
      from ${table.schema}.${table.name}`
}
