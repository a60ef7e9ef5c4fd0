-- Grain: HCPCS code and modifier. Key: hcpcs, modifier.
-- For readers who compare releases: what a revision says of each code, whether or not it is in force.
create function api.release_rvu(revision text)
returns table (
  hcpcs text, modifier text, description text, content jsonb, content_hash uuid,
  non_facility numeric, facility numeric
)
language sql stable as $$
  select r.hcpcs, r.modifier, r.description,
         to_jsonb(r) - '{hcpcs,modifier,content_hash,valid_during,known_during}'::text[],
         r.content_hash, amount.non_facility_amount, amount.facility_amount
    from api.loaded_revision(release_rvu.revision) p
   cross join lateral (select t from api.payment_terms_on(p.effective_from) t) terms
   cross join lateral api.rvu_as_known(p.effective_from, p.loaded_at) r
    left join lateral api.conversion_factor_as_known(p.effective_from, p.loaded_at) f
           on not f.qualifying_apm
    left join api.status_payment s
           on s.status_indicator = r.status_indicator and s.valid_during @> p.effective_from
   cross join lateral api.priced(
      row(r.hcpcs, r.modifier, r.status_indicator, r.not_used_for_medicare_payment,
          r.work_rvu, r.non_facility_pe_rvu, r.facility_pe_rvu, r.mp_rvu,
          r.non_facility_total_rvu > 0 or r.facility_total_rvu > 0,
          r.non_facility_na_indicator, r.facility_na_indicator, r.calculation_flag,
          r.non_facility_pe_opps, r.facility_pe_opps, r.mp_opps,
          r.non_facility_pe_opps > 0 or r.facility_pe_opps > 0 or r.mp_opps > 0,
          r.valid_during,
          r.global_days, r.preoperative_share, r.intraoperative_share, r.postoperative_share,
          r.multiple_procedure_indicator, r.bilateral_surgery_indicator, r.assistant_at_surgery_indicator,
          r.co_surgeons_indicator, r.team_surgery_indicator, r.endoscopic_base)::api.payment_rvu,
      s.pays_rvus, terms.t, 1, 1, 1, f.conversion_factor) amount
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
  a as materialized (select * from api.release_rvu(from_release)),
  b as materialized (select * from api.release_rvu(to_release))
  (select 'conversion factor', null, null,
         case when qualifying_apm then 'for qualifying APM participants' else 'ordinary' end,
         jsonb_build_object('conversion_factor', jsonb_build_object('before', fa.conversion_factor::text, 'after', fb.conversion_factor::text)),
         null, null, null, null, null, null
    from (select f.* from api.loaded_revision(from_release) p
           cross join lateral api.conversion_factor_as_known(p.effective_from, p.loaded_at) f) fa
    full join (select f.* from api.loaded_revision(to_release) p
                cross join lateral api.conversion_factor_as_known(p.effective_from, p.loaded_at) f) fb
         using (qualifying_apm)
   where fa.conversion_factor is distinct from fb.conversion_factor
   order by qualifying_apm)
   union all
  (select case when a.hcpcs is null then 'added' when b.hcpcs is null then 'deleted' else 'changed' end,
         hcpcs, modifier, coalesce(b.description, a.description),
         case when a.hcpcs is not null and b.hcpcs is not null then (
           select jsonb_object_agg(key, jsonb_build_object('before', a.content ->> key, 'after', b.content ->> key))
             from jsonb_object_keys(a.content) key
            where a.content -> key is distinct from b.content -> key) end,
         a.non_facility, b.non_facility, b.non_facility - a.non_facility,
         a.facility, b.facility, b.facility - a.facility
    from a
    full join b using (hcpcs, modifier)
   where a.content_hash is distinct from b.content_hash
   -- An amount that appears or vanishes counts whole.
   order by greatest(abs(coalesce(b.non_facility, 0) - coalesce(a.non_facility, 0)),
                     abs(coalesce(b.facility, 0) - coalesce(a.facility, 0))) desc, hcpcs, modifier)
$$;
comment on function api.release_changes(text, text) is
  'What differs between two releases or revisions (RVU25A, RVU25A#1). Grain: HCPCS code and modifier added, deleted or changed, sorted by the change in national payment; and before them the conversion factors that differ, without a code, the ordinary one first. fields: each changed column before and after. Amounts in dollars, null where Medicare does not pay by RVUs. A code whose payment changed by the conversion factor alone is not listed.';
