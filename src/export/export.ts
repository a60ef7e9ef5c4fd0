/** `cms-fees export <folder>`: every table and every price as Parquet, for engines other than PostgreSQL. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readSchema } from '../db/schema-files.ts'
import type { Session } from '../db/session.ts'
import { CmsFeesError } from '../errors.ts'
import type { Logger } from '../log.ts'
import {
  atOneMoment,
  copyRows,
  type ExportTable,
  exportedReleases,
  exportTables,
  writeRows,
} from '../queries/export.ts'
import { checkRates } from '../queries/export-check.ts'
import { openParquet, type Parquet } from '../queries/parquet.ts'
import type { Context } from '../runs/run-job.ts'
import { VERSION } from '../version.ts'
import {
  type ExportedRelease,
  type ExportedTable,
  FORMAT,
  MANIFEST,
  type Manifest,
  readManifest,
} from './manifest.ts'
import { beginSnapshot, CURRENT, prepareFolder, publishSnapshot } from './snapshot.ts'

export interface ExportReport {
  readonly folder: string
  readonly outcome: 'done' | 'nothing_new'
  readonly tables: number
  readonly rows: number
  readonly bytes: number
  /** Tables whose files were made; the others were kept. */
  readonly written: readonly string[]
  readonly seconds: number
}

/** Throws E_USAGE, E_EXPORT_CHECK and E_LOCKED. */
export async function exportAll(folder: string, { session, log }: Context): Promise<ExportReport> {
  const { client } = session
  const began = Date.now()
  await prepareFolder(folder)
  const before = await readManifest(join(folder, CURRENT))
  const { sha256: schema } = await readSchema()
  return atOneMoment(client, folder, async () => {
    const tables = await exportTables(client, schema)
    const releases = await exportedReleases(client)
    if (before && isSame(before, tables, releases))
      return reportOf(folder, before.tables, null, began)
    const filling = await beginSnapshot(folder)
    try {
      const { done, written } = await fill(filling, before, tables, session, log)
      const manifest: Manifest = {
        ...{ format: FORMAT, schema_sha256: schema, software_version: VERSION },
        ...{ created_at: new Date(began).toISOString(), releases, tables: done },
      }
      await writeDurably(join(filling, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`)
      await publishSnapshot(folder, filling, new Date(began))
      return reportOf(folder, done, written, began)
    } finally {
      await rm(filling, { recursive: true, force: true })
    }
  })
}

const isSame = (
  before: Manifest,
  tables: readonly ExportTable[],
  releases: readonly ExportedRelease[],
): boolean =>
  JSON.stringify(before.releases) === JSON.stringify(releases) &&
  before.tables.length === tables.length &&
  tables.every(({ path, fingerprint }, at) => {
    const former = before.tables[at]
    return former?.path === path && former.fingerprint === fingerprint
  })

/** `written`: null where nothing was new. */
function reportOf(
  folder: string,
  tables: readonly ExportedTable[],
  written: readonly string[] | null,
  began: number,
): ExportReport {
  return {
    ...{ folder, outcome: written ? 'done' : 'nothing_new', tables: tables.length },
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    bytes: tables.reduce((sum, table) => sum + table.file.bytes, 0),
    ...{ written: written ?? [], seconds: (Date.now() - began) / 1000 },
  }
}

/** Takes over the files of tables that say what they said before, and writes the others. */
async function fill(
  filling: string,
  before: Manifest | null,
  tables: readonly ExportTable[],
  { client }: Session,
  log: Logger,
) {
  const former = new Map(
    before?.tables.map((table) => [`${table.path} ${table.fingerprint}`, table]),
  )
  const done: ExportedTable[] = []
  const written: string[] = []
  const scratch = join(filling, '.scratch')
  await mkdir(scratch)
  const parquet = await openParquet(scratch)
  try {
    for (const table of tables) {
      const kept = former.get(`${table.path} ${table.fingerprint}`)
      if (kept) {
        await takeOver(join(filling, '..', CURRENT), filling, kept.file.path)
        done.push(kept)
        continue
      }
      const exported = await writeTable(client, parquet, { filling, scratch }, table)
      await checkRates(client, parquet, join(filling, exported.file.path), table)
      log.info({ table: table.path, rows: exported.rows }, 'exported')
      done.push(exported)
      written.push(table.path)
    }
  } finally {
    parquet.close()
    await rm(scratch, { recursive: true, force: true })
  }
  return { done, written }
}

async function writeTable(
  client: Session['client'],
  parquet: Parquet,
  { filling, scratch }: { readonly filling: string; readonly scratch: string },
  table: ExportTable,
): Promise<ExportedTable> {
  const csv = join(scratch, 'rows.csv')
  const file = join(scratch, 'rows.parquet')
  const copied = await copyRows(client, table.query, csv)
  const { columns, rows, read } = await writeRows(parquet, table, csv, file)
  await rm(csv)
  if (read !== copied) {
    throw new CmsFeesError(
      'E_EXPORT_CHECK',
      `${table.path}: ${copied} rows were sent and ${read} read`,
    )
  }
  const sha256 = await sha256Of(file)
  const { size: bytes } = await stat(file)
  // Named by its content, so that a file of one name never says two things.
  const path = `${table.path}/${sha256.slice(0, 16)}.parquet`
  await mkdir(join(filling, table.path), { recursive: true })
  await rename(file, join(filling, path))
  return {
    ...{ path: table.path, columns, sorted_by: table.sortedBy, rows },
    ...{ fingerprint: table.fingerprint, file: { path, bytes, sha256 } },
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** One more name of the same bytes, or a copy where the file system has no such names. */
async function takeOver(from: string, to: string, path: string): Promise<void> {
  await mkdir(dirname(join(to, path)), { recursive: true })
  await link(join(from, path), join(to, path)).catch(() =>
    copyFile(join(from, path), join(to, path)),
  )
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx')
  await handle.writeFile(text)
  await handle.sync().finally(() => handle.close())
}
