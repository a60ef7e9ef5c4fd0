/** Releases of the relative value files, as pages show them. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

export interface ReleaseLine {
  readonly release: string
  readonly revision: number | null
  readonly state: 'in force' | 'past' | 'future' | 'superseded' | 'retracted' | 'not loaded'
  readonly effective_from: string
  readonly in_force_to: string | null
  readonly published: string | null
  readonly rows_accepted: number | null
  /** Dollars per RVU on its first day, by whether a clinician qualifies through an advanced payment model. */
  readonly conversion_factors: readonly { qualifying_apm: boolean; conversion_factor: string }[]
}

/** The newest first. */
export async function releases(db: Kysely<Tables>): Promise<readonly ReleaseLine[]> {
  const { rows } = await sql<ReleaseLine>`
    select r.release, r.revision, r.state, r.effective_from, r.in_force_to, r.published, r.rows_accepted,
           coalesce(f.factors, '[]') as conversion_factors
      from api.release r
     cross join lateral (
        select jsonb_agg(jsonb_build_object('qualifying_apm', c.qualifying_apm, 'conversion_factor', c.conversion_factor::text)
                         order by c.qualifying_apm) as factors
          from api.payment_conversion_factor c
         where c.valid_during @> r.effective_from and r.state in ('in force', 'past', 'future')
     ) f
     where r.family = 'pfs' and (r.datasets is null or 'rvu' = any(r.datasets))
     order by r.effective_from desc, r.published desc nulls last
  `.execute(db)
  return rows
}

/** A release of another schedule than that of physicians. */
export interface OtherRelease
  extends Pick<ReleaseLine, 'release' | 'state' | 'effective_from' | 'in_force_to' | 'published'> {
  /** Short name of the schedule, as in the registry. */
  readonly family: string
}

/** The newest first. */
export async function otherReleases(db: Kysely<Tables>): Promise<readonly OtherRelease[]> {
  const { rows } = await sql<OtherRelease>`
    select release, family, state, effective_from, in_force_to, published
      from api.release
     where family <> 'pfs'
     order by effective_from desc, published desc nulls last
  `.execute(db)
  return rows
}

/** Changes when what home shows may have changed: a release, a day, a text of ours. */
export async function stateOfContent(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat_ws(' ', current_date,
                     (select max(published_at) from editorial.source),
                     (select string_agg(release || state || sha256, ' ' order by effective_from, sha256) from api.release)) as state
  `.execute(db)
  return rows[0]?.state ?? ''
}
