-- CMS's addenda of the ASC payment system, a release family of its own, as versions like everything else. Asc alone is a word of SQL.

create schema asc_addenda;
comment on schema asc_addenda is 'CMS''s addenda of the ASC payment system as versions. Not a contract: read api.';

create table asc_addenda.asc_procedure (
  hcpcs text not null,
  footnote_mark text,
  short_description text,
  has_multiple_procedure_discount boolean,
  payment_indicator text not null,
  payment_weight numeric(8, 4),
  payment_rate numeric(9, 2),
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, content_hash)
);
comment on table asc_addenda.asc_procedure is
  'Surgical procedures that Medicare covers in ambulatory surgical centers (addendum AA), rates in dollars before the wage index. Grain: HCPCS code and version.';

select ops.keep_versions_of('asc_addenda.asc_procedure');

create table asc_addenda.asc_ancillary (
  hcpcs text not null,
  footnote_mark text,
  short_description text,
  pass_through_expiration text,
  payment_indicator text not null,
  payment_weight numeric(8, 4),
  payment_rate numeric(9, 2),
  adjusted_copayment numeric(9, 2),
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, content_hash)
);
comment on table asc_addenda.asc_ancillary is
  'Ancillary services in ambulatory surgical centers (addendum BB), rates in dollars before the wage index. Grain: HCPCS code and version.';

select ops.keep_versions_of('asc_addenda.asc_ancillary');

create table asc_addenda.asc_payment_indicator (
  payment_indicator text not null,
  meaning text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (payment_indicator, content_hash)
);
comment on table asc_addenda.asc_payment_indicator is
  'Payment indicators of the ASC addenda and what they mean (addendum DD1). Grain: payment indicator and version.';

select ops.keep_versions_of('asc_addenda.asc_payment_indicator');

create table asc_addenda.asc_comment_indicator (
  comment_indicator text not null,
  meaning text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (comment_indicator, content_hash)
);
comment on table asc_addenda.asc_comment_indicator is
  'Comment indicators, which mark codes that are new or changed in the addenda of a rule, and what they mean (addendum DD2). Grain: comment indicator and version.';

select ops.keep_versions_of('asc_addenda.asc_comment_indicator');

create table asc_addenda.asc_excluded_procedure (
  hcpcs text not null,
  short_description text,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, content_hash)
);
comment on table asc_addenda.asc_excluded_procedure is
  'Surgical procedures that Medicare does not pay for in ambulatory surgical centers (addendum EE). Grain: HCPCS code and version.';

select ops.keep_versions_of('asc_addenda.asc_excluded_procedure');

create table asc_addenda.asc_device_offset (
  hcpcs text not null,
  footnote_mark text,
  short_description text,
  payment_indicator text not null,
  apc text,
  apc_device_offset_percentage numeric(5, 2),
  opps_payment_rate numeric(9, 2),
  device_offset_percentage numeric(5, 2),
  device_offset_amount numeric(9, 2),
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, content_hash)
);
comment on table asc_addenda.asc_device_offset is
  'Device offsets of the procedures of addendum AA (addendum FF), in percent and dollars. All null but the payment indicator where the procedure is packaged. Grain: HCPCS code and version.';

select ops.keep_versions_of('asc_addenda.asc_device_offset');
