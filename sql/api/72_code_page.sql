-- Grain: HCPCS code of the physician schedule in force today, or of another file where that one leaves it out
-- (api.unlisted_code). Key: hcpcs.
-- For code-reference pages: everything a page shows about a code, in one row. A condition on hcpcs reaches the
-- index of every table. Sections that nobody has written are null.
create view api.code_page as
select c.hcpcs,
       api.code_system(c.hcpcs) as code_system,
       coalesce(e.content ->> 'title', c.short_description) as name,
       c.short_description,
       l.long_description,
       g.content ->> 'label' as category,
       k.family,
       nullif(e.content -> 'synonyms', '[]') as synonyms,
       e.content ->> 'description' as description,
       e.content ->> 'plain_language' as plain_language,
       e.content ->> 'clinical_context' as clinical_context,
       jsonb_build_object(
         'has_rvus', c.facts @? '$[*].rvus ? (@ != "none")',
         'status_indicator', c.facts -> 0 -> 'status_indicator',
         'explanation', derived.explanation,
         'sentences', coalesce(derived.sentences, '[]'),
         'components', c.facts,
         'conversion_factors', f.factors
       ) as rvu_information,
       other.prices as schedule_prices,
       case when other.prices is null then api.unpriced_because(c.hcpcs) end as unpriced_because,
       coalesce(e.content ->> 'billing_and_documentation',
                g.content ->> 'billing_and_documentation') as billing_and_documentation,
       g.content ->> 'payment' as category_payment,
       nullif(e.content -> 'specialties', '[]') as specialties,
       nullif(e.content -> 'notes', '[]') as notes,
       nullif(coalesce(derived.questions, '[]') || coalesce(e.content -> 'faq', '[]'), '[]') as faq,
       nullif(known.notices || coalesce(derived.notices, '[]'), '[]') as notices,
       c.release,
       jsonb_strip_nulls(jsonb_build_object(
         'name', source.short_description, 'short_description', source.short_description, 'rvu_information', source.cms, 'faq', source.cms,
         'category', source.category, 'family', k.provenance, 'category_payment', source.category,
         'billing_and_documentation', source.category, 'long_description', l.provenance
       )) || coalesce(written.provenance, '{}') as provenance
  from (
    select hcpcs, 'rvu' as table_name, current_date as shown_day, release, sha256, effective_from,
           (array_agg(short_description order by modifier))[1] as short_description,
           jsonb_agg(facts order by modifier) as facts
      from api.code_fact
     group by hcpcs, release, sha256, effective_from
     union all
    select hcpcs, table_name, shown_day, release, sha256, effective_from, short_description, jsonb_build_array(facts)
      from api.unlisted_code
  ) c
  left join ops.release_file r on (r.release, r.sha256, r.dataset) = (c.release, c.sha256, 'rvu')
  left join lateral (
    select jsonb_build_object('source', 'CMS', 'release', n.release, 'file', m.member, 'effective_from', n.valid_from) as provenance
      from api.release_period n
      left join ops.release_file m on (m.release, m.sha256, m.table_name) = (n.release, n.sha256, n.table_name)
     where c.table_name <> 'rvu' and n.table_name = c.table_name and n.period @> c.shown_day
    offset 0 -- Looked up for one code, and not joined for all.
  ) named on true
  left join api.long_description l on l.hcpcs = c.hcpcs
  left join editorial.entry e on e.hcpcs = c.hcpcs
  left join lateral (
    select jsonb_build_object('family', family, 'name', name, 'plain_language', plain_language,
                              'performed_by', performed_by, 'payment', payment) as family, category, provenance
      from api.code_family
     where hcpcs = c.hcpcs and family is not null
  ) k on true
  left join editorial.category g on g.category = k.category
 cross join lateral (
    select max(sentence) filter (where rule in ('status_indicator', 'schedule') and first = 1) as explanation,
           jsonb_agg(jsonb_build_object('rule', rule, 'sentence', sentence, 'modifiers', modifiers, 'file', source_file)
                     order by position, first) filter (where section = 'rvu_information') as sentences,
           jsonb_agg(jsonb_build_object('question', question, 'answer', sentence, 'rule', rule)
                     order by position) filter (where question is not null and first = 1) as questions,
           jsonb_agg(sentence order by position) filter (where section = 'notices' and first = 1) as notices
      from api.code_sentence(c.facts)
 ) derived
 -- A page of today shows what is known latest, and says so where a release that governs today is not loaded.
 cross join (
    select coalesce(jsonb_agg(format('The values are those of %s, the latest release that is loaded. %s.',
                                     release, api.not_loaded(is_known, missing_release, current_date))), '[]') as notices
      from api.release_calendar
     where table_name = 'rvu' and period @> current_date and not is_known
 ) known
 cross join (
    select jsonb_agg(jsonb_build_object('qualifying_apm', qualifying_apm, 'conversion_factor', conversion_factor::text)
                     order by qualifying_apm) as factors
      from api.payment_conversion_factor
     where valid_during @> current_date
 ) f
 cross join lateral (select api.schedule_prices(c.hcpcs) as prices offset 0) other
 cross join lateral (
    select p.cms,
           case when c.table_name = 'rvu' then p.cms else named.provenance end as short_description,
           editorial.provenance(g.source_file, g.content) as category,
           editorial.provenance(e.source_file, e.content) as entry
      from (select case when c.release is not null then
                     jsonb_build_object('source', 'CMS', 'release', c.release, 'file', r.member, 'effective_from', c.effective_from) end as cms) p
 ) source
 cross join lateral (
    select jsonb_object_agg(case key when 'title' then 'name' else key end, source.entry) as provenance
      from jsonb_each(e.content)
     where key in ('title', 'synonyms', 'description', 'plain_language', 'clinical_context',
                   'billing_and_documentation', 'specialties', 'notes', 'faq')
       and value not in ('null', '[]')
 ) written;
comment on view api.code_page is
  'Everything a code-reference page shows about a code, in one row. Grain: HCPCS code of the physician schedule in force today, and of the other loaded files what it leaves out (api.unlisted_code). A section that nobody has written is null.';
comment on column api.code_page.rvu_information is
  'As JSON: status and its explanation; sentences derived from the data, each with the modifiers that it holds for; components: the facts of each modifier (api.code_fact), national amounts with both conversion factors among them; conversion_factors in dollars per RVU. RVUs and dollars are text, as published.';
comment on column api.code_page.schedule_prices is
  'What the schedules beside that of physicians pay and paid (laboratory tests, drugs, DMEPOS, surgery centers), a JSON list as api.schedule_prices gives it; null where none prices the code. An amount with vouched_to is the latest that is loaded, and not of today.';
comment on column api.code_page.unpriced_because is
  'Why none of those schedules sets an amount, as api.unpriced_because has it; null where one does, and where none of them is loaded.';
comment on column api.code_page.family is
  'What holds for the family of the code, as JSON: family (short name), name, plain_language, performed_by (a list) and payment; null where no family has the code.';
comment on column api.code_page.faq is
  'Questions and answers, a JSON list: those that the data answers (with the rule that does), then those that we write; null where there are none.';
comment on column api.code_page.notices is
  'What a reader must know besides, a JSON list: whose copyright the code is, that the text is a draft, or that nobody has written one; null where there is nothing.';
comment on column api.code_page.provenance is
  'Where each section that has content comes from, as JSON by the name of the column: a release and file of CMS''s, or a file of ours with the state of its review. The answers of faq that name a rule are derived from CMS''s file whatever stands here.';
