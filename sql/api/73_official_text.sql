-- Grain: HCPCS code and wording.
-- For editors: what must not be copied. Every file of CMS's that describes codes adds its wordings here.
create view api.official_text as
select hcpcs, description as wording
  from pfs.rvu
 where description is not null
 union
select hcpcs, wording
  from hcpcs.hcpcs
 cross join lateral (values (long_description), (short_description)) w (wording)
 where kind = 'procedure';
comment on view api.official_text is
  'Every official description that the loaded releases have of a code. Grain: HCPCS code and wording. CPT and CDT descriptions are licensed by the AMA and the ADA.';
comment on column api.official_text.wording is 'Description of CMS, the AMA or the ADA, as published.';
