-- The physician fee schedule: CMS's files as tables of versions (0002_versions.sql).

create schema pfs;
comment on schema pfs is 'CMS''s rows as versions. Not a contract: read api.';

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
  primary key (hcpcs, modifier, content_hash)
);
comment on table pfs.rvu is 'Relative values (PPRRVU), in RVUs. Grain: HCPCS code, modifier and version.';

create table pfs.conversion_factor (
  qualifying_apm boolean not null,
  conversion_factor numeric(7, 4) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (qualifying_apm, content_hash)
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
  primary key (mac, locality, content_hash)
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
  primary key (hcpcs, modifier, mac, locality, content_hash)
);
comment on table pfs.opps_cap is
  'OPPS cap on imaging (OPPSCAP), in dollars. Grain: HCPCS code, modifier, MAC, locality and version.';

create table pfs.anesthesia_cf (
  mac text not null,
  locality text not null,
  qualifying_apm boolean not null,
  locality_name text not null,
  footnote_mark text,
  conversion_factor numeric(9, 2) not null,
  national_conversion_factor numeric,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (mac, locality, qualifying_apm, content_hash)
);
comment on table pfs.anesthesia_cf is
  'Anesthesia conversion factors (ANES), in dollars per unit. Grain: MAC, locality, qualifying_apm and version. national_conversion_factor is null where the file does not give it.';

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
  primary key (mac, locality, entry, content_hash)
);
comment on table pfs.locality is
  'Localities and their counties (LOCCO). Grain: MAC, locality, entry and version. entry: 1 for a pair''s first row in the file, 2 for its next.';

select ops.keep_versions_of(name::regclass)
  from unnest(array['pfs.rvu', 'pfs.conversion_factor', 'pfs.gpci', 'pfs.opps_cap', 'pfs.anesthesia_cf', 'pfs.locality']) name;
