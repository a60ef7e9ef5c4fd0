-- Grain: HCPCS code of the schedule in force today. Key: hcpcs.
-- For code-reference pages: everything a page shows about a code, in one row. Sections that nobody has
-- written are null. Amounts in rvu_information are RVUs, the conversion factors dollars per RVU.
create view api.code_page as
select c.hcpcs,
       api.code_system(c.hcpcs) as code_system,
       coalesce(e.content ->> 'title', c.short_description) as name,
       c.short_description,
       l.long_description,
       g.content ->> 'label' as category,
       e.content -> 'synonyms' as synonyms,
       e.content ->> 'description' as description,
       e.content ->> 'plain_language' as plain_language,
       e.content ->> 'clinical_context' as clinical_context,
       jsonb_build_object(
         'has_rvus', c.has_rvus,
         'status_indicator', c.status_indicator,
         'explanation', s.sentence,
         'components', c.components,
         'conversion_factors', f.factors
       ) as rvu_information,
       coalesce(e.content ->> 'billing_and_documentation',
                g.content ->> 'billing_and_documentation') as billing_and_documentation,
       g.content ->> 'payment' as category_payment,
       e.content -> 'specialties' as specialties,
       e.content -> 'faq' as faq,
       p.release,
       jsonb_build_object(
         'cms', jsonb_build_object('release', p.release, 'file', r.member, 'effective_from', p.valid_from),
         'long_description', l.provenance,
         'editorial', jsonb_build_object('file', e.source_file, 'status', e.content ->> 'status',
                                         'reviewed_on', e.content ->> 'reviewed_on'),
         'category', jsonb_build_object('file', g.source_file)
       ) as provenance
  from (
    select hcpcs,
           (array_agg(description order by modifier))[1] as short_description,
           (array_agg(status_indicator order by modifier))[1] as status_indicator,
           bool_or(non_facility_total_rvu > 0 or facility_total_rvu > 0) as has_rvus,
           jsonb_agg(
             jsonb_build_object(
               'modifier', modifier, 'status_indicator', status_indicator,
               'work_rvu', work_rvu,
               'non_facility_pe_rvu', non_facility_pe_rvu, 'facility_pe_rvu', facility_pe_rvu,
               'mp_rvu', mp_rvu,
               'non_facility_total_rvu', non_facility_total_rvu, 'facility_total_rvu', facility_total_rvu,
               'non_facility_na_indicator', non_facility_na_indicator,
               'facility_na_indicator', facility_na_indicator,
               'pctc_indicator', pctc_indicator, 'global_days', global_days, 'valid_from', valid_from)
             order by modifier) as components
      from api.rvu
     group by hcpcs
  ) c
  left join api.release_period p on p.table_name = 'rvu' and p.period @> current_date
  left join ops.release_file r on (r.release, r.sha256, r.dataset) = (p.release, p.sha256, 'rvu')
  left join api.long_description l on l.hcpcs = c.hcpcs
  left join editorial.entry e on e.hcpcs = c.hcpcs
  left join editorial.rule s on (s.rule, s.value) = ('status_indicator', c.status_indicator)
  left join lateral (
    select content, source_file
      from editorial.category
     where code_system = api.code_system(c.hcpcs)
       and c.hcpcs between first_code and last_code
     order by first_code desc
     limit 1
  ) g on true
 cross join (
    select jsonb_agg(jsonb_build_object('qualifying_apm', qualifying_apm, 'conversion_factor', conversion_factor)
                     order by qualifying_apm) as factors
      from api.conversion_factor
  ) f;
comment on view api.code_page is
  'Everything a code-reference page shows about a code, in one row. Grain: HCPCS code of the schedule in force today. A section that nobody has written is null.';
