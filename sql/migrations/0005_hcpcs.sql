-- CMS's HCPCS Level II file, a release family of its own, as versions like everything else.

create schema hcpcs;
comment on schema hcpcs is 'CMS''s HCPCS Level II file as versions. Not a contract: read api.';

create table hcpcs.hcpcs (
  hcpcs text not null,
  kind text not null,
  long_description text not null,
  short_description text not null,
  pricing_indicators text[],
  multiple_pricing_indicator text,
  coverage_issues_references text[],
  carriers_manual_references text[],
  statute text,
  lab_certifications text[],
  cross_references text[],
  coverage_indicator text,
  asc_group text,
  asc_group_effective_on date,
  mog_group text,
  mog_payment_indicator text,
  mog_group_effective_on date,
  processing_note text,
  betos text,
  types_of_service text[],
  anesthesia_base_units smallint,
  added_on date not null,
  action_effective_on date,
  terminated_on date,
  action_code text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, content_hash)
);
comment on table hcpcs.hcpcs is
  'HCPCS Level II codes and modifiers (ANWEB). Grain: code or modifier, and version. A code stays in the file for years after its termination date.';

select ops.keep_versions_of('hcpcs.hcpcs');
