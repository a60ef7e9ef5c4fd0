-- CMS's data of Part B services by state, a release family of its own, as versions like everything else.

create schema mup_phy;
comment on schema mup_phy is 'CMS''s Medicare Physician & Other Practitioners by Geography and Service, as versions. Not a contract: read api.';

create table mup_phy.utilization (
  hcpcs text not null,
  state_code text not null,
  setting text not null,
  level text not null,
  state text not null,
  is_drug boolean not null,
  providers bigint not null,
  patients bigint not null,
  services numeric not null,
  patient_days bigint not null,
  average_submitted_charge numeric not null,
  average_allowed_amount numeric not null,
  average_payment numeric not null,
  average_standardized_payment numeric not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, state_code, setting, content_hash)
);
comment on table mup_phy.utilization is
  'Part B services of a year in Original Medicare (MUP_PHY). Grain: HCPCS code, state or the nation, setting, and version.';

select ops.keep_versions_of('mup_phy.utilization');
