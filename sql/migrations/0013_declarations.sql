-- What the declarations in pipelines/ and schemas/ say, for SQL that serves every schedule.
create table ops.schedule (
  family text primary key,
  place integer not null,
  title text not null,
  quarterly text
);
comment on table ops.schedule is
  'Schedules that can be loaded (pipelines/). Grain: family. place: its place in the registry; quarterly: name of the release of a quarter, with {YY}, {Q} (1 to 4) or {L} (A to D); null where CMS releases it now and then.';

create table ops.source_file (
  dataset text primary key,
  family text not null,
  rows_within_year numeric not null,
  rows_across_years numeric not null,
  amount_column text,
  amount_times numeric,
  amounts_doubled numeric,
  areas text[] not null
);
comment on table ops.source_file is
  'Files of a schedule (schemas/), and what a release of them may change at most. Grain: dataset. rows_*: rows more or less than the release before has, in percent, within a year and from year to year; amount_column: column in dollars that the schedule is about; amount_times: what one of them may become, times what it was; amounts_doubled: share of them that may at least double or halve, in percent; areas: columns of its table that are lists, with an element for each area; empty where it has none.';

create table ops.known_count (
  release text not null,
  dataset text not null,
  rows integer not null,
  last_key text not null,
  primary key (release, dataset)
);
comment on table ops.known_count is
  'Records of files that were seen (pipelines/known-counts.csv), for releases that are loaded without a predecessor. Grain: release and dataset.';

create table ops.known_exception (
  check_name text not null,
  release text not null,
  mac text not null,
  locality text not null,
  reason text not null,
  primary key (check_name, release, mac, locality)
);
comment on table ops.known_exception is
  'What checks know to be so in CMS''s files, and why. Grain: check, release (* for all) and locality.';

insert into ops.known_exception (check_name, release, mac, locality, reason)
select 'opps-cap-localities-known', '*', mac, locality,
       'OPPSCAP repeats a locality of southern California under the MAC of northern California, from 2009 on.'
  from unnest(array['01102', '01112']) mac
 cross join unnest(array['17', '18', '26', '71', '72', '73', '74']) locality
 union all values
  ('opps-cap-localities-known', '*', '15101', '00', 'OPPSCAP of RVU12A has a MAC that no other file of the release has.'),
  ('gpci-coverage', 'RVU11A', '10102', '01', 'LOCCO of RVU11A gives Georgia the MAC of Alabama.'),
  ('gpci-coverage', 'RVU11A', '10102', '99', 'LOCCO of RVU11A gives Georgia the MAC of Alabama.'),
  ('gpci-coverage', 'RVU11A', '10202', '01', 'LOCCO of RVU11A gives Georgia the MAC of Alabama.'),
  ('gpci-coverage', 'RVU11A', '10202', '99', 'LOCCO of RVU11A gives Georgia the MAC of Alabama.'),
  ('gpci-coverage', 'RVU12A', '03102', '99', 'The CSV of LOCCO of RVU12A numbers Arizona 99; its other formats say 00.'),
  ('gpci-coverage', 'RVU12A', '03102', '00', 'The CSV of LOCCO of RVU12A numbers Arizona 99; its other formats say 00.');
