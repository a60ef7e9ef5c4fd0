-- CMS's ZIP code file, a release family of its own, as versions like everything else.

create schema zip;
comment on schema zip is 'CMS''s ZIP code file as versions. Not a contract: read api.';

create table zip.zip5 (
  zip text not null,
  state text not null,
  mac text not null,
  locality text not null,
  rural_indicator text,
  lab_cb_locality text not null,
  rural_indicator_2006 text,
  plus_four_flag text not null,
  part_b_payment_indicator text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default now(),
  primary key (zip, content_hash),
  exclude using gist (zip with =, valid_during with &&)
);
comment on table zip.zip5 is
  'ZIP codes and their localities (ZIP5). Grain: ZIP code and version. plus_four_flag 1: the ZIP code spans localities, and CMS''s nine-digit file decides.';

create table zip.zip5_history (like zip.zip5, known_during tstzrange not null);
comment on table zip.zip5_history is
  'Versions of zip.zip5 that were replaced or removed. known_during: when this database held them to be true.';
create trigger keep_updated after update on zip.zip5
  referencing old table as replaced for each statement execute function ops.keep_history();
create trigger keep_deleted after delete on zip.zip5
  referencing old table as replaced for each statement execute function ops.keep_history();
create index on zip.zip5_history (zip);

-- A ZIP5 release is dated by its own name, which states month and year.
alter table ops.release drop constraint release_effective_from_source_check;
alter table ops.release add constraint release_effective_from_source_check
  check (effective_from_source in ('catalogue', 'quarter', 'name'));
