-- Grain: HCPCS code and modifier of the schedule in force today. Key: hcpcs, modifier.
-- For editors and pages: every fact that the rules of editorial/rules may choose a sentence by, or name in it.
-- Decimals are text as published, so that no reader of JSON turns them into floats; amounts are national.
create view api.code_fact as
select r.hcpcs, r.modifier, r.description as short_description,
       p.release, p.sha256, p.valid_from as effective_from,
       jsonb_build_object(
         'hcpcs', r.hcpcs,
         'modifier', r.modifier,
         'code_system', api.code_system(r.hcpcs),
         'release', p.release,
         'schedule', null,
         'valid_from', (select lower(range) from unnest(r.valid_during) range where range @> current_date),
         'editorial_status', case when e.hcpcs is null then 'unwritten' else nullif(e.content ->> 'status', 'reviewed') end,
         -- as CMS publishes them
         'status_indicator', r.status_indicator,
         'work_rvu', r.work_rvu::text,
         'non_facility_pe_rvu', r.non_facility_pe_rvu::text,
         'facility_pe_rvu', r.facility_pe_rvu::text,
         'mp_rvu', r.mp_rvu::text,
         'non_facility_total_rvu', r.non_facility_total_rvu::text,
         'facility_total_rvu', r.facility_total_rvu::text,
         'non_facility_na_indicator', r.non_facility_na_indicator,
         'facility_na_indicator', r.facility_na_indicator
       ) || jsonb_build_object(
         -- derived from them
         'basis', f.basis,
         'conversion_factor', f.conversion_factor::text,
         'non_facility_amount', f.non_facility_amount::text,
         'facility_amount', f.facility_amount::text,
         'qualifying_apm_conversion_factor', q.conversion_factor::text,
         'qualifying_apm_non_facility_amount', qualifying.non_facility_amount::text,
         'qualifying_apm_facility_amount', qualifying.facility_amount::text,
         'rvus', case when r.non_facility_total_rvu = 0 and r.facility_total_rvu = 0 then 'none'
                      when r.non_facility_total_rvu = r.facility_total_rvu then 'same in both settings'
                      else 'by setting' end,
         'payment', case when f.non_facility_amount = f.facility_amount then 'same in both settings'
                         when f.facility_amount is not null then 'by setting' end,
         'qualifying_apm_payment', case when q.conversion_factor = f.conversion_factor then null
                                        when qualifying.non_facility_amount = qualifying.facility_amount then 'same in both settings'
                                        when qualifying.facility_amount is not null then 'by setting' end,
         'opps_cap', case when f.non_facility_capped or f.facility_capped then 'capped' end
       )
       -- The file has policies for some codes that Medicare never pays; there they would mislead.
       || case when r.status_indicator in ('A', 'C', 'R', 'T') then jsonb_build_object(
         'pctc_indicator', r.pctc_indicator,
         'global_days', r.global_days,
         'multiple_procedure_indicator', r.multiple_procedure_indicator,
         'bilateral_surgery_indicator', r.bilateral_surgery_indicator,
         'assistant_at_surgery_indicator', r.assistant_at_surgery_indicator,
         'co_surgeons_indicator', r.co_surgeons_indicator,
         'team_surgery_indicator', r.team_surgery_indicator,
         'endoscopic_base', r.endoscopic_base,
         'physician_supervision', r.physician_supervision,
         'imaging_family', r.imaging_family
       ) else '{}' end as facts
  from pfs.rvu r
  join api.fee_schedule('00000', '00', current_date, false, 'latest') f on (f.hcpcs, f.modifier) = (r.hcpcs, r.modifier)
  left join api.payment_conversion_factor q on q.qualifying_apm and q.valid_during @> current_date
  -- What api.fee_schedule gives for qualifying participants, without planning and running all of it again.
 cross join lateral (
    select case when f.facility_fee is not null then
             api.payable_amount(f.adjusted_work_rvu, f.non_facility_pe_rvu, f.mp_rvu, f.non_facility_pe_opps, f.mp_opps,
                                1, 1, 1, q.conversion_factor, f.adjustment) end as non_facility_amount,
           case when f.facility_fee is not null then
             api.payable_amount(f.adjusted_work_rvu, f.facility_pe_rvu, f.mp_rvu, f.facility_pe_opps, f.mp_opps,
                                1, 1, 1, q.conversion_factor, f.adjustment) end as facility_amount
  ) qualifying
  left join api.release_period p on p.table_name = 'rvu' and p.period @> current_date
  left join editorial.entry e on e.hcpcs = r.hcpcs
 where r.valid_during @> current_date;
comment on view api.code_fact is
  'The facts that the sentences of a code page are chosen by and made of. Grain: HCPCS code and modifier of the schedule in force today. Amounts are national; RVUs and dollars are text, as published.';
comment on column api.code_fact.facts is
  'Facts by name, as JSON: CMS''s columns, national amounts with both conversion factors, and what the rules of editorial/rules derive from them; a fact that does not exist is null in it.';
