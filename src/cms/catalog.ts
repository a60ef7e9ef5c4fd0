/** Every posting that CMS is known to have made, from pipelines/pfs-releases.csv. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import Papa from 'papaparse'
import type { CatalogueRow } from '../../pipelines/schedule.ts'
import type { Tables } from '../db/tables.ts'
import { ROOT } from '../paths.ts'
import { fileKey, fileNameOf } from './address.ts'

let rows: readonly CatalogueRow[] | undefined

/** Oldest release first. */
export function catalogue(): readonly CatalogueRow[] {
  rows ??= readCsv<CatalogueRow>('pfs-releases.csv')
  return rows
}

/** What is known of files that were seen: their records, and where they end. */
interface KnownCount {
  readonly release: string
  readonly dataset: string
  readonly rows: string
  readonly last_key: string
}

const readCsv = <T>(name: string): readonly T[] =>
  Papa.parse<T>(readFileSync(join(ROOT, 'pipelines', name), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data

/** The postings of a release; none where the catalogue does not know it. */
export const postingsOf = (release: string): readonly CatalogueRow[] =>
  catalogue().filter((row) => row.release === release)

/** The posting whose zip has this name. */
export function postingNamed(fileName: string): CatalogueRow | undefined {
  return catalogue().find(
    (row) => row.url !== '' && fileKey(fileNameOf(row.url)) === fileKey(fileName),
  )
}

/** Brings ops.catalogue to this version of the file; writes only what differs. */
export async function mergeCatalogue(trx: Kysely<Tables>): Promise<void> {
  await sql`
    with source as materialized (
      select release, url, effective_from::date, nullif(published, '')::date as published, page, note
        from jsonb_to_recordset(${JSON.stringify(catalogue())}::jsonb)
          as c (release text, url text, effective_from text, published text, page text, note text)
    ), gone as (
      delete from ops.catalogue c
       where not exists (select from source s where (s.release, s.url) = (c.release, c.url))
    )
    insert into ops.catalogue as c
    select * from source s
     where not exists (select from ops.catalogue c where row(c.*) is not distinct from row(s.*))
    on conflict (release, url) do update
       set effective_from = excluded.effective_from, published = excluded.published, page = excluded.page, note = excluded.note
  `.execute(trx)
  const counts = JSON.stringify(readCsv<KnownCount>('known-counts.csv'))
  await sql`
    with source as materialized (
      select * from jsonb_to_recordset(${counts}::jsonb) as c (release text, dataset text, rows integer, last_key text)
    )
    insert into ops.known_count as c
    select * from source s
     where not exists (select from ops.known_count c where row(c.*) is not distinct from row(s.*))
    on conflict (release, dataset) do update set rows = excluded.rows, last_key = excluded.last_key
  `.execute(trx)
}
