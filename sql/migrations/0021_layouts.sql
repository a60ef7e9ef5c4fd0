-- Releases before 2014: practice expense RVUs of the transition beside those that Medicare paid, and
-- columns that the files of those years lack. And how well the layout is proven that read a file.

do $$
declare
  name text;
begin
  foreach name in array array['rvu', 'rvu_history'] loop
    execute format(
      'alter table pfs.%I
         alter pctc_indicator drop not null,
         alter imaging_family drop not null,
         alter non_facility_pe_opps drop not null,
         alter facility_pe_opps drop not null,
         alter mp_opps drop not null,
         add fully_implemented_non_facility_pe_rvu numeric(6, 2),
         add fully_implemented_non_facility_na_indicator text,
         add fully_implemented_facility_pe_rvu numeric(6, 2),
         add fully_implemented_facility_na_indicator text,
         add fully_implemented_non_facility_total_rvu numeric(6, 2),
         add fully_implemented_facility_total_rvu numeric(6, 2)', name);
  end loop;
end
$$;

alter table ops.release_file
  add layout_evidence text check (layout_evidence in ('proven', 'never seen'));
comment on column ops.release_file.layout_evidence is
  'Whether the tests read CMS''s own bytes of this file in this format: proven, or never seen. Null: loaded before this was recorded.';
