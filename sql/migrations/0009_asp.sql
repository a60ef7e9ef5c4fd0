-- CMS's payment limits of Part B drugs, and the packages that their codes stand for: two release families, as versions
-- like everything else.

create schema asp;
comment on schema asp is 'CMS''s payment limits of Part B drugs and its NDC-HCPCS crosswalk as versions. Not a contract: read api.';

create table asp.asp (
  hcpcs text not null,
  short_description text not null,
  dosage text not null,
  payment_limit numeric(10, 3),
  coinsurance_percentage numeric(6, 3),
  vaccine_awp_percentage smallint,
  vaccine_limit numeric(10, 3),
  blood_awp_percentage smallint,
  blood_limit numeric(10, 3),
  clotting_factor boolean not null,
  notes text,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, content_hash)
);
comment on table asp.asp is
  'Payment limits of Part B drugs (ASP). Grain: HCPCS code and version. A version ends with the last day that its file states.';

select ops.keep_versions_of('asp.asp');

create table asp.asp_ndc (
  hcpcs text not null,
  ndc text not null,
  short_description text not null,
  labeler_name text not null,
  drug_name text not null,
  dosage text not null,
  package_size numeric(11, 4) not null,
  package_quantity numeric(11, 4) not null,
  billing_units numeric(11, 4) not null,
  billing_units_per_package numeric(11, 4) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, ndc, content_hash)
);
comment on table asp.asp_ndc is
  'ASP NDC-HCPCS crosswalk. Grain: HCPCS code, NDC and version. A version ends with the last day that its file states.';
create index on asp.asp_ndc (ndc);

select ops.keep_versions_of('asp.asp_ndc');
