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
  known_since timestamptz not null default ops.known_at(),
  primary key (zip, content_hash)
);
comment on table zip.zip5 is
  'ZIP codes and their localities (ZIP5). Grain: ZIP code and version. plus_four_flag 1: the ZIP code spans localities, and CMS''s nine-digit file decides.';

select ops.keep_versions_of('zip.zip5');
