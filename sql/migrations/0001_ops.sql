-- What the pipeline did: bytes kept, releases loaded, runs, their stages, rejected rows and checks.

create extension if not exists btree_gist;

create schema if not exists ops;
comment on schema ops is 'What the pipeline did, and what it did it with. Not a contract: read api.';

create table ops.setting (
  key text primary key,
  value text not null
);
comment on table ops.setting is 'Facts about this installation. Grain: one row for each key.';

create table ops.artifact (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('zip', 'folder')),
  name text not null,
  bytes bigint not null check (bytes >= 0),
  archived_at timestamptz not null default now()
);
comment on table ops.artifact is
  'Bytes in the archive. Grain: one row for each sha256. A folder is archived as its files and a manifest, whose sha256 this is.';

-- Where bytes came from, under which licences, and what to ask the server so as not to fetch them again.
create table ops.download (
  url text not null,
  sha256 text not null references ops.artifact,
  etag text,
  last_modified text,
  licenses_accepted text[] not null,
  first_fetched_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (url, sha256)
);
comment on table ops.download is
  'Bytes that CMS gave at an address. Grain: address on cms.gov and sha256. licenses_accepted: those that the operator had accepted when they were fetched; last_seen_at: when CMS last said that these are the bytes.';

create table ops.run (
  run_id bigint generated always as identity primary key,
  command text not null,
  release text,
  sha256 text,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  outcome text check (outcome in ('done', 'nothing_new', 'refused', 'failed', 'interrupted')),
  error_code text,
  error_message text,
  software_version text not null
);
comment on table ops.run is
  'Runs. Grain: one row for each run. outcome is null while it runs; the outcome done commits with the data.';

create table ops.run_stage (
  run_id bigint not null references ops.run,
  position integer not null,
  stage text not null,
  dataset text,
  rows bigint,
  duration_ms numeric(12, 3) not null,
  primary key (run_id, position)
);
comment on table ops.run_stage is
  'Stages of a run. Grain: run and position. rows: what the stage gave on; duration in milliseconds.';

create table ops.rejected_row (
  run_id bigint not null references ops.run,
  dataset text not null,
  file text not null,
  line integer not null,
  raw text not null,
  key jsonb not null,
  issues jsonb not null,
  primary key (run_id, file, line)
);
comment on table ops.rejected_row is
  'Rows that a schema rejected. Grain: run, file and line. raw: the line as CMS wrote it; key: the columns of the table''s key, as they were read; issues: [{column, message}].';

-- What became of rejected rows when their release was read again from the archive, after a schema was mended.
create table ops.replayed_row (
  run_id bigint not null,
  file text not null,
  line integer not null,
  replay_run_id bigint not null references ops.run,
  outcome text not null check (outcome in ('accepted', 'rejected', 'held back')),
  replayed_at timestamptz not null default now(),
  primary key (run_id, file, line, replay_run_id),
  foreign key (run_id, file, line) references ops.rejected_row
);
comment on table ops.replayed_row is
  'Replays of rejected rows. Grain: rejected row and replay. outcome: accepted (a version says it now), rejected (again), held back (valid now, but its release was refused).';

create table ops.check_result (
  run_id bigint not null references ops.run,
  check_name text not null,
  severity text not null check (severity in ('refuse', 'gate', 'warn')),
  broken_rows bigint not null,
  sample jsonb not null,
  measures jsonb not null,
  primary key (run_id, check_name)
);
comment on table ops.check_result is
  'Checks of a run (sql/checks). Grain: run and check. severity gate: refuses unless a person accepts it (ops.accepted_gate); sample: up to ten of the rows that break it; measures: what was measured, with the most that is let pass.';

create table ops.accepted_gate (
  run_id bigint not null references ops.run,
  gate text not null,
  accepted_by text not null,
  because text not null check (because <> ''),
  accepted_at timestamptz not null default now(),
  primary key (run_id, gate)
);
comment on table ops.accepted_gate is
  'Gates that a release broke and a person accepted. Grain: run and gate.';

create table ops.release (
  release text not null,
  sha256 text not null references ops.artifact,
  family text not null,
  effective_from date not null,
  effective_from_source text not null check (effective_from_source in ('catalog', 'quarter', 'name')),
  published date,
  published_source text check (published_source in ('operator', 'file', 'catalog', 'name', 'last-modified')),
  appeared date,
  last_modified timestamptz,
  loaded_at timestamptz not null default now(),
  retracted_at timestamptz,
  run_id bigint not null references ops.run,
  primary key (release, sha256),
  check ((published is null) = (published_source is null))
);
comment on table ops.release is
  'Loaded revisions. Grain: release and sha256, since CMS posts a release again with other bytes. family: the pipeline (pfs, zip, hcpcs).';
comment on column ops.release.published is
  'Day on which CMS published it, by published_source; null where nobody says. Never the day on which a copy was made.';
comment on column ops.release.published_source is
  'Who says so: operator (--published), file (RELEASED in the title of the relative values), catalog (the catalogs in pipelines/), name (of the zip: updated-01/10/2025) or last-modified (CMS''s server).';
comment on column ops.release.appeared is
  'Day on which this revision appeared at its address, by the operator, the catalog, the name of the zip or CMS''s server: CMS posts a release again without another RELEASED date. -infinity for what the catalog knows to be the first revision; null where nobody says.';
comment on column ops.release.last_modified is 'What CMS''s server said of the bytes; null where they came from a path.';

create table ops.release_file (
  release text not null,
  sha256 text not null,
  dataset text not null,
  table_name text,
  member text not null,
  format text not null,
  layout date not null,
  layout_evidence text check (layout_evidence in ('proven', 'never seen')),
  rows_read integer not null,
  rows_accepted integer not null,
  rows_rejected integer not null,
  rows_blank integer not null,
  rows_notes integer not null,
  versions_written integer not null,
  first_key text,
  last_key text,
  primary key (release, sha256, dataset),
  foreign key (release, sha256) references ops.release
);
comment on table ops.release_file is
  'Files of a loaded revision. Grain: revision and dataset. table_name: the table in pfs that it governs; layout: first day of the layout epoch that read it; first_key, last_key: what its first and last row are about.';
comment on column ops.release_file.layout_evidence is
  'Whether the tests read CMS''s own bytes of this file in this format: proven, or never seen.';

create table ops.catalog (
  family text not null,
  release text not null,
  url text not null,
  effective_from date not null,
  published date,
  page text not null,
  note text not null,
  primary key (release, url)
);
comment on table ops.catalog is
  'Every revision that CMS is known to have made (the catalogs in pipelines/). Grain: release and zip. url and page are empty where they are not known.';

-- The order of revisions. It follows from what is said of them; where nothing is said, a revision counts as of the time
-- at which its bytes were first seen here, which is the latest at which CMS can have posted it.
create view ops.revision_order as
with dated as (
  select r.release, r.sha256, r.effective_from,
         coalesce(r.published, r.appeared, seen_on) as published_by,
         coalesce(r.appeared, seen_on) as appeared_by,
         coalesce(r.last_modified, a.archived_at) as modified_by,
         a.archived_at as seen_at
    from ops.release r
    join ops.artifact a using (sha256)
   cross join lateral (select (a.archived_at at time zone 'America/New_York')::date as seen_on) s
)
select *,
       row_number() over (order by effective_from, release collate "C", published_by, appeared_by, modified_by, seen_at, sha256) as place
  from dated;
comment on view ops.revision_order is
  'Which revision comes after which. Grain: revision. Of those of one day the one with the last place governs. A correction of another name (RVU09AR) follows what it corrects; then decide the day of publication, the day on which it appeared, what CMS''s server said of the bytes, and the time at which they were first seen.';

-- The days on which each revision is the one in force, for each table: a release that lacks a file
-- leaves its table to its predecessor.
create view ops.governed_period as
with ranked as (
  select f.table_name, r.release, r.sha256, r.effective_from,
         row_number() over (partition by f.table_name, r.effective_from order by o.place desc) as rank
    from ops.release r
    join ops.release_file f using (release, sha256)
    join ops.revision_order o using (release, sha256)
   where r.retracted_at is null
     and f.table_name is not null
)
select table_name, release, sha256, effective_from,
       daterange(effective_from,
                 lead(effective_from) over (partition by table_name order by effective_from)) as period
  from ranked
 where rank = 1;
comment on view ops.governed_period is
  'Which revision is in force when. Grain: table and revision, without revisions that another one supersedes on the same day.';

-- Tables, not views: every price asks them for the one period of a day. ops.refresh_calendar() keeps them.

create table ops.period (
  table_name text not null,
  period daterange not null,
  release text not null,
  sha256 text not null,
  primary key (table_name, period),
  exclude using gist (table_name with =, period with &&)
);
comment on table ops.period is
  'ops.governed_period as it was when what is loaded last changed. Grain: table and revision.';

-- The days of each table: which loaded release governs them, and which release governs them at CMS and is not loaded.

create table ops.calendar (
  table_name text not null,
  period daterange not null,
  release text not null,
  governs_from date not null,
  missing_release text,
  is_known boolean not null,
  primary key (table_name, period),
  exclude using gist (table_name with =, period with &&)
);
comment on table ops.calendar is
  'Days of each table of a schedule whose releases are known (ops.catalog), from its first loaded release on. Grain: table and period. release: the loaded release that governs, from governs_from on; is_known: whether it does so at CMS too; missing_release: the one that does instead, null where the catalog ends and the quarter names it.';

create table ops.accepted_column (
  sha256 text not null references ops.artifact,
  file text not null,
  column_text text not null,
  field text not null,
  accepted_by text not null,
  because text not null check (because <> ''),
  accepted_at timestamptz not null default now(),
  run_id bigint not null references ops.run,
  primary key (sha256, file, column_text)
);
comment on table ops.accepted_column is
  'Columns whose header no layout knows, accepted as one that it does. Grain: sha256 of the release, file and header text. Holds whenever these bytes are read. run_id: the run in which it was accepted, whatever became of it.';
