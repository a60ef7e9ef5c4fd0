-- CMS's clinical laboratory fee schedule, a release family of its own, as versions like everything else.

create schema clfs;
comment on schema clfs is 'CMS''s clinical laboratory fee schedule as versions. Not a contract: read api.';

create table clfs.clfs (
  hcpcs text not null,
  modifier text not null,
  indicator text not null,
  rate numeric(9, 2),
  short_description text not null,
  long_description text,
  extended_description text,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, content_hash)
);
comment on table clfs.clfs is
  'Clinical laboratory fee schedule. Grain: HCPCS code, modifier and version. A version begins on the day that CMS gives its code, where that is later than its release.';

select ops.keep_versions_of('clfs.clfs');
