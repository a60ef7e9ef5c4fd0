-- Grain: one row. What a row of relative values was paid nationally by the rules of a day; PostgreSQL inlines it.
create function api.version_amount(
  r api.rvu_known, on_date date, terms api.payment_terms, conversion_factor numeric
) returns table (non_facility numeric, facility numeric)
language sql stable as $$
  select amount.non_facility_amount, amount.facility_amount
    from (select) one
    left join api.status_payment s
           on s.status_indicator = r.status_indicator and s.valid_during @> version_amount.on_date
   cross join lateral api.priced(
      row(r.hcpcs, r.modifier, r.status_indicator, r.not_used_for_medicare_payment,
          r.work_rvu, r.non_facility_pe_rvu, r.facility_pe_rvu, r.mp_rvu,
          r.non_facility_total_rvu > 0 or r.facility_total_rvu > 0,
          r.non_facility_na_indicator, r.facility_na_indicator, r.calculation_flag,
          r.non_facility_pe_opps, r.facility_pe_opps, r.mp_opps,
          r.non_facility_pe_opps > 0 or r.facility_pe_opps > 0 or r.mp_opps > 0,
          r.valid_during,
          r.global_days, r.preoperative_share, r.intraoperative_share, r.postoperative_share,
          r.pctc_indicator, r.multiple_procedure_indicator, r.bilateral_surgery_indicator, r.assistant_at_surgery_indicator,
          r.co_surgeons_indicator, r.team_surgery_indicator, r.endoscopic_base)::api.payment_rvu,
      s.pays_rvus, version_amount.terms, 1, 1, 1, version_amount.conversion_factor) amount
$$;
comment on function api.version_amount(api.rvu_known, date, api.payment_terms, numeric) is
  'National payable amounts of one row of relative values in dollars (every GPCI 1, OPPS cap), by the rules of a day and a conversion factor; null where Medicare does not pay by RVUs. Grain: one row.';

-- Grain: one row. What holds for every row of a revision.
create function api.revision_terms(revision text)
returns table (effective_from date, loaded_at timestamptz, terms api.payment_terms, conversion_factor numeric)
language sql stable as $$
  select p.effective_from, p.loaded_at, terms.t, f.conversion_factor
    from api.loaded_revision(revision_terms.revision) p
   cross join lateral (select t from api.payment_terms_on(p.effective_from) t) terms
    left join lateral api.conversion_factor_as_known(p.effective_from, p.loaded_at) f
           on not f.qualifying_apm
$$;
comment on function api.revision_terms(text) is
  'First day of a release or revision (RVU25A, RVU25A#1), when it was loaded, the rules of payment of that day, and its ordinary conversion factor. Raises an error where it is not loaded. Grain: one row.';

-- Grain: HCPCS code and modifier. Key: hcpcs, modifier.
-- For readers who compare releases: what a revision says of each code, whether or not it is in force.
create function api.release_rvu(revision text)
returns table (
  hcpcs text, modifier text, description text, content jsonb, content_hash uuid,
  non_facility numeric, facility numeric
)
language sql stable as $$
  with terms as materialized (select * from api.revision_terms(release_rvu.revision))
  select r.hcpcs, r.modifier, r.description,
         to_jsonb(r) - '{hcpcs,modifier,content_hash,valid_during,known_during}'::text[],
         r.content_hash, amount.non_facility, amount.facility
    from terms p
   cross join lateral api.rvu_as_known(p.effective_from, p.loaded_at) r
   cross join lateral api.version_amount(r, p.effective_from, p.terms, p.conversion_factor) amount
$$;
comment on function api.release_rvu(text) is
  'What a release or revision (RVU25A, RVU25A#1) says of each code. Grain: HCPCS code and modifier. content: its relative value columns; non_facility, facility: national payable amount in dollars (every GPCI 1, ordinary conversion factor, OPPS cap), as api.payment gives it; null where Medicare does not pay by RVUs.';

-- Grain: HCPCS code and modifier that differ, and conversion factor that does. Key: hcpcs, modifier.
-- For readers who ask what a release changed. Amounts are national (every GPCI 1) and ordinary (not for qualifying
-- APM participants), in dollars, of codes that Medicare pays by RVUs (status A, R or T).
create function api.release_changes(from_release text, to_release text)
returns table (
  change text, hcpcs text, modifier text, description text, fields jsonb,
  non_facility_before numeric, non_facility_after numeric, non_facility_change numeric,
  facility_before numeric, facility_after numeric, facility_change numeric
)
language sql stable as $$
  with
  a as materialized (select * from api.revision_terms(from_release)),
  b as materialized (select * from api.revision_terms(to_release)),
  before as materialized (
    select r.hcpcs, r.modifier, r.content_hash, r from a cross join lateral api.rvu_as_known(a.effective_from, a.loaded_at) r
  ),
  after as materialized (
    select r.hcpcs, r.modifier, r.content_hash, r from b cross join lateral api.rvu_as_known(b.effective_from, b.loaded_at) r
  ),
  -- Only what differs is priced and written out: of a quarter, most rows do not.
  differing as materialized (
    select hcpcs, modifier, before.r as before, after.r as after
      from before
      full join after using (hcpcs, modifier)
     where before.content_hash is distinct from after.content_hash
  )
  (select 'conversion factor', null, null,
         case when qualifying_apm then 'for qualifying APM participants' else 'ordinary' end,
         jsonb_build_object('conversion_factor', jsonb_build_object('before', fa.conversion_factor::text, 'after', fb.conversion_factor::text)),
         null, null, null, null, null, null
    from (select f.* from a cross join lateral api.conversion_factor_as_known(a.effective_from, a.loaded_at) f) fa
    full join (select f.* from b cross join lateral api.conversion_factor_as_known(b.effective_from, b.loaded_at) f) fb
         using (qualifying_apm)
   where fa.conversion_factor is distinct from fb.conversion_factor
   order by qualifying_apm)
   union all
  (select d.change, d.hcpcs, d.modifier, coalesce((d.after).description, (d.before).description),
         case when d.change = 'changed' then (
           select jsonb_object_agg(old.key, jsonb_build_object('before', old.value, 'after', d.content ->> old.key))
             from jsonb_each_text(to_jsonb(d.before) - '{content_hash,valid_during,known_during}'::text[]) old
            where old.value is distinct from d.content ->> old.key) end,
         x.non_facility, y.non_facility, y.non_facility - x.non_facility,
         x.facility, y.facility, y.facility - x.facility
    from (select *, to_jsonb(after) as content,
                 case when (before).hcpcs is null then 'added' when (after).hcpcs is null then 'deleted' else 'changed' end as change
            from differing offset 0) d
   cross join a
   cross join b
   cross join lateral api.version_amount(d.before, a.effective_from, a.terms, a.conversion_factor) x
   cross join lateral api.version_amount(d.after, b.effective_from, b.terms, b.conversion_factor) y
   -- An amount that appears or vanishes counts whole.
   order by greatest(abs(coalesce(y.non_facility, 0) - coalesce(x.non_facility, 0)),
                     abs(coalesce(y.facility, 0) - coalesce(x.facility, 0))) desc, d.hcpcs, d.modifier)
$$;
comment on function api.release_changes(text, text) is
  'What differs between two releases or revisions (RVU25A, RVU25A#1). Grain: HCPCS code and modifier added, deleted or changed, sorted by the change in national payment; and before them the conversion factors that differ, without a code, the ordinary one first. fields: each changed column before and after. Amounts in dollars, null where Medicare does not pay by RVUs. A code whose payment changed by the conversion factor alone is not listed.';
