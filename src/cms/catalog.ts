/** Every revision that CMS is known to have made, from the catalogs in pipelines/. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import Papa from 'papaparse'
import { schedules } from '../../pipelines/index.ts'
import type { Schedule } from '../../pipelines/schedule.ts'
import { mergeRegistry } from '../db/registry.ts'
import type { Tables } from '../db/tables.ts'
import { ROOT } from '../paths.ts'
import { fileKey, fileNameOf } from './address.ts'

/** A revision that CMS made, as the project's own list has it. Empty text: not known. */
export interface CatalogRow {
  readonly release: string
  readonly effective_from: string
  /** Day on which CMS put the zip at its address. */
  readonly published: string
  /** Day that the file itself states, where its bytes have been seen. */
  readonly released: string
  /** `yes` where it is the first revision of its release: it then comes before every other one. */
  readonly is_first: string
  readonly url: string
  readonly page: string
  readonly note: string
}

const catalogs = new Map<string, readonly CatalogRow[]>()

/** Oldest release first; empty for a schedule without a catalog. */
export function catalogOf({ catalog }: Pick<Schedule, 'catalog'>): readonly CatalogRow[] {
  if (catalog === undefined) return []
  const rows = catalogs.get(catalog) ?? readCsv<CatalogRow>(catalog)
  catalogs.set(catalog, rows)
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

/** The revisions of a release; none where the catalog does not know it. */
export const revisionsOf = (schedule: Schedule, release: string): readonly CatalogRow[] =>
  catalogOf(schedule).filter((row) => row.release === release)

/** The revision whose zip has this name. */
export function revisionNamed(schedule: Schedule, fileName: string): CatalogRow | undefined {
  return catalogOf(schedule).find(
    (row) => row.url !== '' && fileKey(fileNameOf(row.url)) === fileKey(fileName),
  )
}

/** Brings ops.catalog, and what else SQL asks of the declarations, to this version of the files; writes only what differs. */
export async function mergeCatalog(trx: Kysely<Tables>): Promise<void> {
  await mergeRegistry(trx)
  const known = schedules.flatMap((schedule) =>
    catalogOf(schedule).map((row) => ({ family: schedule.family, ...row })),
  )
  await sql`
    with source as materialized (
      select family, release, url, effective_from::date, nullif(published, '')::date as published, page, note
        from jsonb_to_recordset(${JSON.stringify(known)}::jsonb)
          as c (family text, release text, url text, effective_from text, published text, page text, note text)
    ), gone as (
      delete from ops.catalog c
       where not exists (select from source s where (s.release, s.url) = (c.release, c.url))
    )
    insert into ops.catalog as c
    select * from source except table ops.catalog
    on conflict (release, url) do update
       set family = excluded.family, effective_from = excluded.effective_from, published = excluded.published, page = excluded.page, note = excluded.note
  `.execute(trx)
  const counts = JSON.stringify(readCsv<KnownCount>('known-counts.csv'))
  await sql`
    with source as materialized (
      select * from jsonb_to_recordset(${counts}::jsonb) as c (release text, dataset text, rows integer, last_key text)
    )
    insert into ops.known_count as c
    select * from source except table ops.known_count
    on conflict (release, dataset) do update set rows = excluded.rows, last_key = excluded.last_key
  `.execute(trx)
}
