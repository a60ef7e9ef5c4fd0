-- The physician fee schedule, as versions. A row is one distinct set of values of one key; valid_during
-- holds all days on which CMS said so, known_since when this database learned it. Replaced and removed
-- rows move to <table>_history, with the time during which they were believed.

create schema pfs;
comment on schema pfs is 'CMS''s rows as versions. Not a contract: read api.';

-- Knowledge time is the transaction's, unless the transaction tells one belief after another.
create function ops.known_at() returns timestamptz
language sql stable as $$
  select coalesce(nullif(current_setting('cms_fees.known_at', true), '')::timestamptz, now())
$$;
comment on function ops.known_at() is 'The time that what is written now is known since.';

create table pfs.rvu (
  hcpcs text not null,
  modifier text not null,
  description text,
  status_indicator text not null,
  not_used_for_medicare_payment text,
  work_rvu numeric(6, 2) not null,
  non_facility_pe_rvu numeric(6, 2) not null,
  non_facility_na_indicator text,
  facility_pe_rvu numeric(6, 2) not null,
  facility_na_indicator text,
  mp_rvu numeric(6, 2) not null,
  non_facility_total_rvu numeric(6, 2) not null,
  facility_total_rvu numeric(6, 2) not null,
  pctc_indicator text not null,
  global_days text not null,
  preoperative_share numeric(3, 2) not null,
  intraoperative_share numeric(3, 2) not null,
  postoperative_share numeric(3, 2) not null,
  multiple_procedure_indicator text not null,
  bilateral_surgery_indicator text not null,
  assistant_at_surgery_indicator text not null,
  co_surgeons_indicator text not null,
  team_surgery_indicator text not null,
  endoscopic_base text,
  physician_supervision text not null,
  calculation_flag text not null,
  imaging_family text not null,
  non_facility_pe_opps numeric(6, 2) not null,
  facility_pe_opps numeric(6, 2) not null,
  mp_opps numeric(6, 2) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, content_hash),
  exclude using gist (hcpcs with =, modifier with =, valid_during with &&)
);
comment on table pfs.rvu is 'Relative values (PPRRVU), in RVUs. Grain: HCPCS code, modifier and version.';

create table pfs.conversion_factor (
  qualifying_apm boolean not null,
  conversion_factor numeric(7, 4) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (qualifying_apm, content_hash),
  exclude using gist (qualifying_apm with =, valid_during with &&)
);
comment on table pfs.conversion_factor is
  'Conversion factors, in dollars per RVU. Grain: whether for qualifying APM participants, and version. Until 2025 both rows hold the one factor.';

create table pfs.gpci (
  mac text not null,
  locality text not null,
  state text,
  locality_name text not null,
  footnote_mark text,
  work_gpci numeric(5, 3) not null,
  work_gpci_without_floor numeric(5, 3),
  pe_gpci numeric(5, 3) not null,
  mp_gpci numeric(5, 3) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (mac, locality, content_hash),
  exclude using gist (mac with =, locality with =, valid_during with &&)
);
comment on table pfs.gpci is
  'Geographic practice cost indices. Grain: MAC, locality and version. work_gpci holds the 1.0 floor where law sets it; work_gpci_without_floor is null where CMS does not print it.';

create table pfs.opps_cap (
  hcpcs text not null,
  modifier text not null,
  mac text not null,
  locality text not null,
  status_indicator text not null,
  facility_price numeric(9, 2) not null,
  non_facility_price numeric(9, 2) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, mac, locality, content_hash),
  exclude using gist (hcpcs with =, modifier with =, mac with =, locality with =, valid_during with &&)
);
comment on table pfs.opps_cap is
  'OPPS cap on imaging (OPPSCAP), in dollars. Grain: HCPCS code, modifier, MAC, locality and version.';

create table pfs.anesthesia_cf (
  mac text not null,
  locality text not null,
  locality_name text not null,
  footnote_mark text,
  conversion_factor numeric(9, 2) not null,
  national_conversion_factor numeric(7, 4),
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (mac, locality, content_hash),
  exclude using gist (mac with =, locality with =, valid_during with &&)
);
comment on table pfs.anesthesia_cf is
  'Anesthesia conversion factors (ANES), in dollars per unit. Grain: MAC, locality and version. national_conversion_factor is null where the file does not give it.';

create table pfs.locality (
  mac text not null,
  locality text not null,
  entry smallint not null,
  state text,
  fee_schedule_area text not null,
  counties text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (mac, locality, entry, content_hash),
  exclude using gist (mac with =, locality with =, entry with =, valid_during with &&)
);
comment on table pfs.locality is
  'Localities and their counties (LOCCO). Grain: MAC, locality, entry and version. entry: 1 for a pair''s first row in the file, 2 for its next.';

create function ops.keep_history() returns trigger
language plpgsql as $$
declare
  columns text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute
   where attrelid = tg_relid and attnum > 0 and not attisdropped;
  -- What was written and replaced at one and the same time was never believed by anybody.
  execute format(
    'insert into %I.%I (%s, known_during) select %s, tstzrange(known_since, ops.known_at()) from replaced where known_since < ops.known_at()',
    tg_table_schema, tg_table_name || '_history', columns, columns);
  return null;
end
$$;
comment on function ops.keep_history() is
  'Copies the versions that a statement replaced or removed into <table>_history, with the time during which they were believed.';

do $$
declare
  name text;
begin
  foreach name in array array['rvu', 'conversion_factor', 'gpci', 'opps_cap', 'anesthesia_cf', 'locality'] loop
    execute format('create table pfs.%I (like pfs.%I, known_during tstzrange not null)', name || '_history', name);
    execute format('comment on table pfs.%I is %L', name || '_history',
      'Versions of pfs.' || name || ' that were replaced or removed. known_during: when this database held them to be true.');
    execute format('create trigger keep_updated after update on pfs.%I referencing old table as replaced for each statement execute function ops.keep_history()', name);
    execute format('create trigger keep_deleted after delete on pfs.%I referencing old table as replaced for each statement execute function ops.keep_history()', name);
    execute format('create index on pfs.%I (%I)', name || '_history',
      (select attname from pg_attribute where attrelid = ('pfs.' || name)::regclass and attnum = 1));
  end loop;
end
$$;

create function ops.coverage_faults(of_release text, of_sha256 text)
returns table (table_name text, fault text, key jsonb)
language plpgsql as $$
declare
  target record;
  keys text;
  days datemultirange;
begin
  for target in
    select f.table_name, f.dataset, g.period
      from ops.release r
      join ops.release_file f using (release, sha256)
      join ops.governed_period g on (g.release, g.sha256, g.table_name) = (r.release, r.sha256, f.table_name)
     where (r.release, r.sha256) = (of_release, of_sha256) and to_regclass('pg_temp.stage_' || f.dataset) is not null
  loop
    select string_agg(quote_ident(a.attname), ', ' order by k.position) into keys
      from pg_constraint c
     cross join unnest(c.conkey) with ordinality k (attnum, position)
      join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.attnum)
     where c.conrelid = ('pfs.' || target.table_name)::regclass and c.contype = 'p'
       and a.attname <> 'content_hash';
    days := datemultirange(target.period);
    return query execute format(
      'with held as (select %1$s, content_hash, valid_during from pfs.%2$I where valid_during && $1)
       select %3$L, ''holds on a day of the release, which does not state it'', to_jsonb(k)
         from (select %1$s, content_hash from held except select %1$s, content_hash from %4$I) k
       union all
       select %3$L, ''is stated by the release and does not hold on all of its days'', to_jsonb(k)
         from (select %1$s, content_hash from %4$I
               except select %1$s, content_hash from held where valid_during @> $1) k',
      keys, target.table_name, target.table_name, 'stage_' || target.dataset) using days;
  end loop;
end
$$;
comment on function ops.coverage_faults(text, text) is
  'Rows by which the days of a posting differ from its staged rows: none, or the merge is wrong. Two versions of a key on one day show as one that the release does not state.';
