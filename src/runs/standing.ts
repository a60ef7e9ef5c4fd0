/** Where a loaded revision stands among those of its day: in force or not, and by which fact. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { RevisionKey } from '../ingest/record.ts'

export interface Standing {
  /** Whether it governs any of its tables on any day. */
  readonly in_force: boolean
  /** What of it is not in force and why, or what it replaced though no date says so; for people. */
  readonly notes: readonly string[]
}

/** A revision of the same day, with what is said of its date. */
interface Rival {
  readonly release: string
  readonly sha256: string
  readonly revision: number
  readonly source: string
  readonly place: number
  readonly published: string | null
  readonly published_source: string | null
  readonly appeared: string | null
  readonly published_by: string
  readonly appeared_by: string
  readonly last_modified: Date | null
  readonly modified_by: Date
  /** Of the tables that the revision in question has, those that this one governs on that day. */
  readonly governs: readonly string[]
}

export async function standingOf(db: Kysely<Tables>, revision: RevisionKey): Promise<Standing> {
  const rivals = await rivalsOf(db, revision)
  const own = rivals.find(({ sha256, release }) => isSame({ release, sha256 }, revision))
  if (!own) return { in_force: false, notes: [] }
  const in_force = own.governs.length > 0
  const above = rivals.filter((rival) => rival.place > own.place && rival.governs.length > 0)
  const below = rivals.filter((rival) => rival.place < own.place).at(-1)
  const decision = below && decide(own, below)
  return {
    in_force,
    notes: [
      ...above.map((winner) => overtaken(own, winner)),
      ...(in_force && below && decision?.bySight ? [overtakes(own, below, decision.because)] : []),
    ],
  }
}

const isSame = (one: RevisionKey, other: RevisionKey): boolean =>
  one.release === other.release && one.sha256 === other.sha256

/** All revisions that have a table of this one from the same day on, the one that comes last at the end. */
async function rivalsOf(db: Kysely<Tables>, { release, sha256 }: RevisionKey): Promise<Rival[]> {
  const { rows } = await sql<Rival>`
    with own as (
      select r.effective_from, f.table_name
        from ops.release r join ops.release_file f using (release, sha256)
       where (r.release, r.sha256) = (${release}, ${sha256}) and f.table_name is not null
    )
    select r.release, r.sha256, a.revision, a.source, o.place, r.published::text, r.published_source, r.appeared::text,
           o.published_by::text, o.appeared_by::text, r.last_modified, o.modified_by,
           coalesce(array_agg(g.table_name order by g.table_name) filter (where g.table_name is not null), '{}') as governs
      from own
      join ops.release r on r.effective_from = own.effective_from and r.retracted_at is null
      join ops.release_file f on (f.release, f.sha256, f.table_name) = (r.release, r.sha256, own.table_name)
      join ops.revision_order o on (o.release, o.sha256) = (r.release, r.sha256)
      join api.release a on (a.release, a.sha256) = (r.release, r.sha256)
      left join ops.governed_period g
             on (g.release, g.sha256, g.table_name) = (r.release, r.sha256, own.table_name)
     group by r.release, r.sha256, a.revision, a.source, o.place, r.published, r.published_source, r.appeared,
              o.published_by, o.appeared_by, r.last_modified, o.modified_by
     order by o.place
  `.execute(db)
  return rows
}

const nameOf = ({ release, revision, source }: Rival): string =>
  `${release}#${revision} (${source})`

function overtaken(own: Rival, winner: Rival): string {
  const what = own.governs.length === 0 ? '' : ` for ${winner.governs.join(', ')}`
  const ways = [
    ...(own.release === winner.release
      ? [
          `state the day on which CMS posted it (cms-fees ingest ${own.release} --from <path> --published <date>)`,
        ]
      : []),
    `take the other one out (cms-fees retract ${winner.release}#${winner.revision})`,
  ]
  return `${nameOf(own)} is loaded, but not in force${what}: superseded by ${nameOf(winner)}, because ${decide(winner, own).because}. To put it in force, ${ways.join(' or ')}.`
}

const overtakes = (own: Rival, loser: Rival, because: string): string =>
  `${nameOf(own)} is in force in place of ${nameOf(loser)}, because ${because}. If that is wrong, take it out (cms-fees retract ${own.release}#${own.revision}).`

interface Decision {
  readonly because: string
  /** Whether the later one is only known to have been seen, not when it was posted. */
  readonly bySight: boolean
}

/** The first fact by which ops.revision_order puts one revision behind another. */
function decide(later: Rival, earlier: Rival): Decision {
  if (later.release !== earlier.release) {
    return { because: `${later.release} corrects ${earlier.release}`, bySight: false }
  }
  if (later.published_by !== earlier.published_by) {
    return {
      because: `${published(later)}, and ${published(earlier)}`,
      bySight: later.published === null,
    }
  }
  if (later.appeared_by !== earlier.appeared_by) {
    return {
      because: `both were published on one day, ${appeared(later)}, and ${appeared(earlier)}`,
      bySight: later.appeared === null,
    }
  }
  if (later.last_modified && later.modified_by.getTime() !== earlier.modified_by.getTime()) {
    const because = `both were posted on one day, and the bytes of ${nameOf(later)} are the younger ones on CMS's server`
    return { because, bySight: false }
  }
  const because = `no date tells which of them CMS posted later, and ${nameOf(later)} was seen later`
  return { because, bySight: true }
}

const published = (rival: Rival): string =>
  rival.published === null
    ? undated(rival, rival.published_by)
    : `${nameOf(rival)} was published on ${rival.published} (${SAYS[rival.published_source ?? '']})`

const appeared = (rival: Rival): string =>
  rival.appeared === null || rival.appeared === '-infinity'
    ? undated(rival, rival.appeared_by)
    : `${nameOf(rival)} appeared at its address on ${rival.appeared}`

const undated = (rival: Rival, seenOn: string): string =>
  rival.appeared === '-infinity'
    ? `the catalog knows ${nameOf(rival)} as the first revision`
    : `nobody says when CMS posted ${nameOf(rival)}, which was first seen on ${seenOn}`

const SAYS: Readonly<Record<string, string>> = {
  operator: 'the operator says so',
  file: 'its file says so',
  catalog: 'the catalog says so',
  name: 'its name says so',
  'last-modified': "CMS's server says so",
}
