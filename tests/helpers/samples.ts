import { createHash } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { inject } from 'vitest'
import { openSession } from '../../src/db/session.ts'
import { type IngestRequest, ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { NO_CMS } from './cms-server.ts'
import type { Template, TestDatabase } from './database.ts'
import { FOLDERS } from './folder.ts'
import { withDatabaseName } from './server.ts'

const FILES = {
  RVU25A: 'rvu25a.zip',
  RVU25D: 'rvu25d.zip',
  RVU26B: 'rvu26b.zip',
  HCPC2019_ANWEB: 'hcpc2019_anweb.zip',
  ZIP5_OCT2025: 'zip5_oct2025.zip',
  CLFS24Q4: 'clfs24q4.zip',
  CLFS25Q1: 'clfs25q1.zip',
  ASP25Q1: 'asp25q1.zip',
  ASP25Q2: 'asp25q2.zip',
  DME25A: 'dme25a.zip',
  ASC25Q1: 'asc25q1.zip',
  MUP_PHY_D23: 'mup_phy_d23-synthetic.zip',
} as const

export type SampleRelease = keyof typeof FILES

/** How a sample release is ingested. */
export const sampleOf = (release: SampleRelease): IngestRequest => ({
  release,
  from: join(FIXTURES, FILES[release]),
  allowMissing: true,
})

/** Loads sample releases, one after the other. A database that nobody has used yet becomes a copy of one that has them. */
export async function loadSamples(
  database: TestDatabase,
  ...releases: SampleRelease[]
): Promise<void> {
  if (await isUnused(database)) return database.become(await templateWith(releases))
  for (const release of releases) await ingest(sampleOf(release), database)
}

async function isUnused({ rows }: TestDatabase): Promise<boolean> {
  const [found] = await rows<{ unused: boolean }>(`
    select not exists (select from ops.run)
           and (select count(*) from pg_stat_activity where datname = current_database()) = 1 as unused`)
  return found?.unused ?? false
}

/** The template with these releases loaded in this order, which the first test file that asks for it makes. */
async function templateWith(releases: SampleRelease[]): Promise<Template> {
  const last = releases.at(-1)
  if (!last) return { name: inject('template'), archive: null }
  const id = createHash('md5').update(releases.join()).digest('hex').slice(0, 8)
  const name = `${inject('template')}_${id}`
  const archive = join(tmpdir(), FOLDERS, name)
  const server = await openSession(inject('serverUrl'))
  try {
    await server.client.query('select pg_advisory_lock(hashtext($1))', [name])
    const made = await server.client.query('select from pg_database where datname = $1', [name])
    if (made.rowCount === 0) {
      const before = await templateWith(releases.slice(0, -1))
      await server.client.query(`create database ${name}_new template ${before.name}`)
      if (before.archive) await cp(before.archive, archive, { recursive: true })
      await ingestInto(`${name}_new`, archive, last)
      await server.client.query(`alter database ${name}_new rename to ${name}`)
    }
    return { name, archive }
  } finally {
    await server.close()
  }
}

async function ingestInto(name: string, archive: string, release: SampleRelease) {
  const session = await openSession(withDatabaseName(inject('serverUrl'), name))
  const log = pino({ level: 'silent' })
  await ingest(sampleOf(release), { session, archive, log, cms: NO_CMS })
  await session.close()
}
