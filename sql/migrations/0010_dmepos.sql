-- CMS's DMEPOS fee schedule, a release family of its own, as versions like everything else.

create schema dmepos;
comment on schema dmepos is 'CMS''s DMEPOS fee schedule as versions. Not a contract: read api.';

create table dmepos.dmepos (
  hcpcs text not null,
  modifier text not null,
  modifier_2 text not null,
  state text[] not null,
  non_rural_fee numeric(9, 2)[] not null check (cardinality(non_rural_fee) = cardinality(state)),
  rural_fee numeric(9, 2)[] not null check (cardinality(rural_fee) = cardinality(state)),
  ceiling numeric(9, 2),
  floor numeric(9, 2),
  jurisdiction text not null,
  category text not null,
  short_description text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, modifier_2, content_hash)
);
comment on table dmepos.dmepos is
  'DMEPOS fees by state, in dollars, without parenteral and enteral nutrition (api.dmepos_pen). A fee does not say that Medicare covers the item. Lists have an element for each state. Grain: HCPCS code, modifiers and version.';

select ops.keep_versions_of('dmepos.dmepos');

create table dmepos.dmepos_pen (
  hcpcs text not null,
  modifier text not null,
  modifier_2 text not null,
  state text[] not null,
  non_rural_fee numeric(9, 2)[] not null check (cardinality(non_rural_fee) = cardinality(state)),
  rural_fee numeric(9, 2)[] not null check (cardinality(rural_fee) = cardinality(state)),
  short_description text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, modifier_2, content_hash)
);
comment on table dmepos.dmepos_pen is
  'Fees of parenteral and enteral nutrition by state (DMEPEN), in dollars. Lists have an element for each state. Grain: HCPCS code, modifiers and version.';

select ops.keep_versions_of('dmepos.dmepos_pen');

create table dmepos.dmepos_rural_zip (
  zip text not null,
  state text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (zip, content_hash)
);
comment on table dmepos.dmepos_rural_zip is
  'ZIP codes in which DMEPOS pays the rural fee. Grain: ZIP code and version.';

select ops.keep_versions_of('dmepos.dmepos_rural_zip');

create table dmepos.dmepos_former_cba (
  hcpcs text not null,
  modifier text not null,
  modifier_2 text not null,
  modifier_3 text not null,
  area text[] not null,
  fee numeric(9, 2)[] not null check (cardinality(fee) = cardinality(area)),
  category text,
  short_description text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, modifier_2, modifier_3, content_hash)
);
comment on table dmepos.dmepos_former_cba is
  'DMEPOS fees in former competitive bidding areas, in dollars. Lists have an element for each area. Grain: HCPCS code, modifiers and version.';

select ops.keep_versions_of('dmepos.dmepos_former_cba');

create table dmepos.dmepos_former_cba_zip (
  zip text not null,
  state text not null,
  area text not null,
  area_name text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (zip, content_hash)
);
comment on table dmepos.dmepos_former_cba_zip is
  'ZIP codes of former competitive bidding areas. Grain: ZIP code and version.';

select ops.keep_versions_of('dmepos.dmepos_former_cba_zip');

create table dmepos.dmepos_mail_order (
  hcpcs text not null,
  modifier text not null,
  modifier_2 text not null,
  modifier_3 text not null,
  fee numeric(9, 2),
  category text,
  short_description text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, modifier_2, modifier_3, content_hash)
);
comment on table dmepos.dmepos_mail_order is
  'Fees of diabetic testing supplies by mail order (modifier KL), in dollars, for the whole country. Grain: HCPCS code, modifiers and version.';

select ops.keep_versions_of('dmepos.dmepos_mail_order');
