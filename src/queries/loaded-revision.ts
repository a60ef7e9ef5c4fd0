/** The loaded revision that a name means: RVU25A its latest revision, RVU25A#1 its first. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { parseRelease } from '../releases.ts'

export interface LoadedRevision {
  readonly release: string
  readonly sha256: string
  readonly revision: number
  readonly state: string
  readonly effective_from: string
  readonly loaded_at: string
  /** Names of the tables of which it has rows. */
  readonly tables: readonly string[]
}

/** A revision that was retracted is found where it is asked for by its number. Throws E_UNKNOWN_RELEASE, E_NOT_LOADED. */
export async function loadedRevision(db: Kysely<Tables>, name: string): Promise<LoadedRevision> {
  const [release = '', revision = null] = name.split('#')
  const { rows } = await sql<LoadedRevision>`
    select r.release, r.sha256, r.revision, r.state, r.effective_from, r.loaded_at::text,
           array(select f.table_name from ops.release_file f
                  where (f.release, f.sha256) = (r.release, r.sha256) and f.table_name is not null) as tables
      from api.release r
     where r.release = ${parseRelease(release).name} and r.sha256 is not null
       and case when ${revision}::text is null then r.state <> 'retracted' else r.revision::text = ${revision} end
     order by r.revision desc limit 1
  `.execute(db)
  const [found] = rows
  if (!found) throw new CmsFeesError('E_NOT_LOADED', `${name} is not loaded`)
  return found
}
