-- Lines of a table say the same things over and over. Whatever follows from the period, the code, its modifiers, the place
-- of service and who is paid is decided once, for each variant of these. Text, as in 83_claim_query.sql.
create function api.claim_query_variants() returns text
language sql immutable as $function$
  select $$
  -- The lines with what says their variant. Empty texts stand for null, so that lines find it by equality.
  keyed as not materialized (
    select g.n, g.claim_id, g.line, g.units, g.service_date, g.charge, g.rendering_npi, g.billing_npi, g.minutes, g.base_units,
           g.report_percent, g.postoperative_days, g.fault, coalesce(g.documented, false) as documented, coalesce(g.assigned, true) as assigned,
           coalesce(g.patient_id, g.claim_id, g.n::text) as patient, g.zip as given_zip,
           case when length(g.zip) = 5 then g.zip when g.zip ~ '^\d{5}-?\d{4}$' then left(g.zip, 5) else api.clean_zip(g.zip) end as zip,
           case when g.mac is null or g.locality is null then null when length(g.mac) = 5 then g.mac else coalesce(api.clean_mac(g.mac), g.mac) end as mac,
           case when g.mac is null or g.locality is null then null when length(g.locality) = 2 then g.locality else coalesce(api.clean_locality(g.locality), g.locality) end as locality,
           coalesce(d.epoch, 0) as epoch, coalesce(g.hcpcs, '') as given_hcpcs, g.modifiers as given_modifiers,
           coalesce(g.place_of_service, '') as given_place_of_service, coalesce(upper(btrim(g.practitioner)), '') as practitioner,
           coalesce(g.qualifying_apm, false) as qualifying_apm, coalesce(g.participating, true) as participating,
           case when g.mac is null or g.locality is null then false else coalesce(api.clean_mac(g.mac) = '00000', false) end as is_national
      from given g
      left join day d on d.service_date = g.service_date
  ),
  variant_key as materialized (
    select row_number() over () as variant, k.*,
           case when length(given_hcpcs) = 5 and upper(given_hcpcs) = given_hcpcs then given_hcpcs else api.clean_hcpcs(given_hcpcs) end as code,
           case when length(btrim(given_place_of_service)) = 1 then '0' || btrim(given_place_of_service) else nullif(btrim(given_place_of_service), '') end as place_of_service
      from (select distinct epoch, given_hcpcs, given_modifiers, given_place_of_service, practitioner, qualifying_apm, participating, is_national
              from keyed
             -- All of them; of a limit that it does not know the planner expects a tenth, and not a variant for each line.
             limit (select count(*) from given)) k
  ),
  modifier_list as materialized (
    select m.given, row_number() over () as modifier_list, m.list, api.schedule_modifier(m.given) as schedule_modifier,
           api.modifier_fault(m.given) as fault, api.unknown_modifiers('', m.given) as unknown,
           case when m.list && '{80,81,82,AS}' then 'assistant' else 'surgeon' end as role, m.list && '{AS}' as is_practitioner_assistant,
           m.list && '{SG}' as is_center, m.list && '{78}' as returns, m.list && '{59,XE}' as separate, m.list && '{50}' as both_sides,
           case when m.list && '{50}' then null when m.list && '{LT}' then 'LT' when m.list && '{RT}' then 'RT' end as side,
           exists (select from api.modifier_rule r where r.modifier = any (m.list)) as has_rules,
           exists (select from api.modifier_rule r where r.modifier = any (m.list) and r.applies_to = 'technical') as asks_for_parts,
           (select a from unnest(m.list) a where a in (select modifier from api.anesthesia_modifier_rule) limit 1) as anesthesia,
           exists (select from api.anesthesia_modifier_rule r where r.modifier = any (m.list) and r.must_assign) as must_assign,
           exists (select from api.modifier_rule r where r.modifier = any (m.list) and r.treatment = 'not paid' and r.indicator is null) as may_be_unpaid
      from (select given, case when list @> '{LT,RT}' and not list && '{50}' then list || '{50}' else list end as list
              from (select g.modifiers as given,
                       -- A modifier that stands twice says nothing more.
                       -- AS says again that somebody assisted, and by whom.
                       array(select modifier from unnest(api.modifiers(g.modifiers)) with ordinality u (modifier, place)
                              where not (modifier in ('80', '81', '82') and 'AS' = any (api.modifiers(g.modifiers))) group by 1 order by min(place)) as list
                  from (select distinct given_modifiers as modifiers from variant_key) g) l) m
  )
  $$
$function$;
comment on function api.claim_query_variants() is 'Part of the query of api.price_claims: the variants of the lines, and the lists of modifiers.';

-- What each variant is paid by, but for the place, and why it is not priced.
create function api.claim_query_decisions() returns text
language sql immutable as $function$
  select $$
  said as materialized (
    select k.variant, k.epoch, nullif(coalesce(k.code, k.given_hcpcs), '') as hcpcs, k.code, k.place_of_service,
           k.given_hcpcs, k.given_modifiers, k.given_place_of_service, k.practitioner, k.is_national,
           k.qualifying_apm, k.participating, m.modifier_list, m.has_rules, m.role, m.returns, m.separate, m.side, m.both_sides,
           m.anesthesia, who.is_center,
           s.setting, c.status_indicator, c.multiple, c.bilateral, c.endoscopic_base, c.profile, c.work_rvu, c.has_rvus, c.basis,
           c.is_unpaid, c.modifier, c.work, c.mp, c.mp_opps, c.adjustment,
           case s.setting when 'facility' then c.facility_pe when 'non_facility' then c.non_facility_pe end as pe,
           case s.setting when 'facility' then c.facility_pe_opps else c.non_facility_pe_opps end as pe_opps,
           case when k.qualifying_apm then d.qualifying_factor else d.ordinary_factor end as factor,
           case when k.participating then 1 else (d.terms).non_participating_share end as participation,
           b.share as share_of_both, b.rule as sides_rule,
           -- A code with sides whose units are two is for both sides, as with modifier 50.
           c.bilateral in ('1', '2') and not m.both_sides and m.side is null as two_are_both_sides,
           case when m.is_practitioner_assistant then 1 else coalesce(pr.share, 1) end as practitioner_share, pr.rule as practitioner_rule,
           coalesce(pr.must_assign, false) or m.must_assign as must_assign,
           why.fault is null and (who.is_center or why.unpaid is not null and (c.hcpcs is null or d.refusal is not null or c.status_indicator in ('E', 'N', 'X') or c.status_indicator = 'P' and s.is_home)) as is_elsewhere,
           coalesce(why.fault, why.unpaid, why.nowhere) as refusal
      from variant_key k
      left join epoch d on d.epoch = k.epoch
      left join modifier_list m on m.given = k.given_modifiers
      left join setting s on s.epoch = k.epoch and s.place_of_service = k.place_of_service
     cross join lateral (select m.is_center is true or k.practitioner = 'ASC' as is_center) who
      left join code c on c.epoch = k.epoch and c.hcpcs = k.code and c.modifier = m.schedule_modifier and not who.is_center
      left join both_sides b on b.epoch = k.epoch and b.bilateral = c.bilateral
      left join practitioner pr on pr.epoch = k.epoch and pr.practitioner = k.practitioner
     cross join lateral (
       select case
                when k.given_hcpcs = '' then 'no code'
                when k.code is null or c.hcpcs is null and k.code !~ '^(\d{4}[\dA-Z]|[A-Z]\d{4}|[A-Z]X{3}\d)$' then format('''%s'' is not a HCPCS code', left(k.given_hcpcs, 50))
                when m.fault is not null then m.fault
                -- A contractor returns such a line. The letters of an ambulance's way depend on the code.
                when given.unknown is not null
                  then format('unknown modifier %s: neither CPT nor a loaded HCPCS Level II file has it (api.known_modifier); correct it, or load the file that has it', given.unknown)
                -- Whatever schedule has the code.
                when given.not_paid is not null then given.not_paid
                when k.practitioner <> '' and d.epoch is not null and pr.practitioner is null
                  then format('''%s'' is no practitioner of this day', left(k.practitioner, 50))
                when d.epoch is null then 'no date of service'
                when k.given_place_of_service = '' then 'no place of service'
                when s.place_of_service is null then format('''%s'' is no place of service of this day', left(k.given_place_of_service, 50)) end as fault,
              case
                when k.is_national and d.national_refusal is not null then d.national_refusal
                when not k.is_national and d.refusal is not null then d.refusal
                when c.hcpcs is null then coalesce(
                  case when exists (select from api.rejected_row) then
                    api.rejection('rvu', jsonb_build_object('hcpcs', k.code, 'modifier', m.schedule_modifier), d.rvu_day) end,
                  case when m.schedule_modifier <> '' and exists (select from api.payment_rvu o where o.hcpcs = k.code and o.valid_during @> d.rvu_day)
                       then format('the schedule of this day has %s without modifier %s', k.code, m.schedule_modifier)
                       else 'not in the schedule of this day' end)
                when c.status_indicator <> 'J' and c.payable is not true then c.basis || d.note end as unpaid,
              case when s.setting is null then format('place of service %s: %s', k.place_of_service, s.note) end as nowhere
         from (select case when m.unknown is not null then api.unknown_modifiers(k.code, k.given_modifiers) end as unknown,
                      case when m.may_be_unpaid then (
                        select min(format('modifier %s: %s', r.modifier, r.note)) from api.modifier_rule r
                         where r.modifier = any (m.list) and r.treatment = 'not paid' and r.indicator is null and r.valid_during @> d.rvu_day) end as not_paid
               offset 0) given
       offset 0
     ) why
  ),
  effect as materialized (
    select k.modifier_list, k.profile, k.epoch,
           coalesce(api.product(r.share) filter (where r.modifier <> '50' and r.applies_to = 'amount'), 1) as share,
           coalesce(api.product(r.share) filter (where r.applies_to = 'payment'), 1) as payment_share,
           coalesce(api.product(r.share) filter (where r.applies_to = 'technical'), 1) as technical_share,
           api.rule_text(string_agg('modifier ' || r.modifier, ', ' order by r.position) filter (where r.applies_to = 'technical'),
                         string_agg(r.document, '; ' order by r.position) filter (where r.applies_to = 'technical')) as technical_rule,
           min(r.told) filter (where r.treatment in ('not paid', 'does not apply', 'not priced')) as refusal,
           min(r.told) filter (where r.treatment = 'documented') as undocumented,
           min(r.told) filter (where r.treatment = 'by report') as report,
           max(r.rule) filter (where r.treatment = 'by report') as report_rule,
           -- Who gives a part of the care after surgery is paid for his days of it.
           max(case part[5] when '010' then 10 when '090' then 90 end) filter (where r.modifier = '55' and r.share is not null) as postoperative_period,
           array_agg(r.rule order by r.position) filter (where r.share is not null and r.modifier <> '50' and r.applies_to = 'amount') as rules,
           array_agg(r.share order by r.position) filter (where r.share is not null and r.modifier <> '50' and r.applies_to = 'amount') as shares,
           max(r.rule) filter (where r.applies_to = 'payment') as payment_rule
      from (select distinct modifier_list, profile, epoch from said where refusal is null and has_rules and profile is not null) k
      join modifier_list m using (modifier_list)
      join epoch e using (epoch)
     cross join lateral (select string_to_array(k.profile, '/') as part offset 0) code
     cross join lateral (
       select u.modifier, u.position, r.treatment, r.applies_to,
              r.document, 'modifier ' || u.modifier || ': ' || r.note as told, api.rule_text('modifier ' || u.modifier, r.document) as rule,
              case when r.treatment in ('share', 'documented') then coalesce(r.share,
                (select sum(case f when 'preoperative_share' then part[6] when 'intraoperative_share' then part[7] else part[8] end::numeric)
                   from unnest(r.shares_of_file) f)) end as share
         from unnest(m.list) with ordinality u (modifier, position)
         join api.modifier_rule r
           on r.modifier = u.modifier and r.valid_during @> e.rvu_day
          and (r.indicator is null or r.indicator_value = case r.indicator
                 when 'bilateral_surgery_indicator' then part[1] when 'assistant_at_surgery_indicator' then part[2]
                 when 'co_surgeons_indicator' then part[3] when 'team_surgery_indicator' then part[4]
                 when 'pctc_indicator' then part[10] when 'computed_tomography' then part[11] else part[5] end)
        -- The file has a row of its own for some discontinued services.
        where not (u.modifier = '53' and part[9] = '53')
     ) r
     group by 1, 2, 3
  ),
  -- The first modifier of a list that says on a day what the patient owes decides, before the code.
  waived_by_modifier as materialized (
    select distinct on (w.epoch, m.modifier_list) w.epoch, m.modifier_list, w.share, w.rule
      from modifier_list m
      join waived w on w.kind = 'modifier' and w.name = any (m.list)
     order by w.epoch, m.modifier_list, array_position(m.list, w.name)
  ),
  decided_variant as materialized (
    select v.*, v.practitioner_share * coalesce(e.share, 1) as share, e.refusal as modifier_refusal, e.undocumented, e.report,
           coalesce(e.payment_share, 1) as payment_share, coalesce(e.technical_share, 1) as technical_share, case when e.technical_share <> 1 then e.technical_rule end as technical_rule, coalesce(m.share, w.share) as waived_share,
           v.refusal is null and (v.multiple between '2' and '7' or v.side is not null and v.bilateral between '0' and '2' or e.technical_share <> 1) is true as has_neighbors,
           v.multiple = '3' or v.endoscopic_base is not null or v.hcpcs in (select endoscopic_base from code where endoscopic_base is not null) as is_endoscopic,
           d.zip_release, d.coinsurance as ordinary_coinsurance, d.sequestration, (d.terms).limiting_charge_share,
           case when v.is_unpaid then ' by Medicare; valued by its RVUs' else '' end || d.note as basis_end,
           e.postoperative_period, e.rules as modifier_rules, e.shares as modifier_shares, e.report_rule, e.payment_rule, d.nonparticipating_rule, d.sequestration_rule,
           coalesce(m.rule, w.rule, d.coinsurance_rule) as coinsurance_rule,
           r.rule as several_rule
      from said v
      left join epoch d on d.epoch = v.epoch
      left join effect e on e.modifier_list = v.modifier_list and e.profile = v.profile and e.epoch = v.epoch and v.has_rules and v.refusal is null
      left join waived w on w.epoch = v.epoch and w.kind = 'code' and w.name = v.code
      left join waived_by_modifier m on m.epoch = v.epoch and m.modifier_list = v.modifier_list
      left join (select epoch, multiple, max(rule) as rule from multiple_rule group by 1, 2) r on r.epoch = v.epoch and r.multiple = v.multiple
  ),
  -- What many variants have in common. Lines find it in a small table, after their own rows are narrow again.
  ruling as materialized (
    select distinct on (r.ruling) r.*
      from (select row_number() over () as ruling, array_agg(variant) as variants, epoch, setting, status_indicator, is_unpaid, qualifying_apm, participating, has_rvus, participation,
                   share, payment_share, practitioner_share, must_assign, waived_share, ordinary_coinsurance, sequestration, limiting_charge_share,
                   basis, basis_end, refusal, modifier_refusal, undocumented, report, both_sides, has_rules, postoperative_period,
                   case when $6 then practitioner_rule end as practitioner_rule, case when $6 then sides_rule end as sides_rule,
                   case when $6 then several_rule end as several_rule, case when $6 then modifier_rules end as modifier_rules,
                   case when $6 then modifier_shares end as modifier_shares, case when $6 then report_rule end as report_rule,
                   case when $6 then technical_rule end as technical_rule, case when $6 then payment_rule end as payment_rule, case when $6 then nonparticipating_rule end as nonparticipating_rule,
                   case when $6 then coinsurance_rule end as coinsurance_rule,
                   case when $6 then concat(coinsurance_rule, ',"factor":', trim_scale(1 - coalesce(waived_share, ordinary_coinsurance)), ',"before":') end as coinsurance_step,
                   case when $6 and sequestration <> 0 then concat(sequestration_rule, ',"factor":', 1 - sequestration, ',"before":') end as sequestration_step
              from decided_variant
             -- By every column but the first two.
             group by 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39) r
  ),
  variant as materialized (
    -- Distinct, as they are anyway, so that the planner knows it: a line has one.
    select distinct on (v.variant) v.variant, r.ruling, v.epoch, v.given_hcpcs, v.given_modifiers, v.given_place_of_service, v.practitioner, v.is_national,
           v.qualifying_apm, v.participating, v.hcpcs, v.modifier_list, v.place_of_service, v.setting, v.status_indicator, v.refusal, v.modifier_refusal,
           v.undocumented, v.report, v.zip_release, v.has_neighbors, v.is_elsewhere, v.is_endoscopic, v.is_center, v.anesthesia, v.role, v.returns, v.separate,
           v.side, v.both_sides, v.two_are_both_sides, v.share_of_both, v.modifier, v.multiple, v.endoscopic_base, v.participation, v.share, v.technical_share, v.postoperative_period, v.work_rvu,
           v.work, v.pe, v.mp, v.pe_opps, v.mp_opps, v.factor, v.adjustment
      from decided_variant v
      join (select ruling, unnest(variants) as variant from ruling) r on r.variant = v.variant
  )
  $$
$function$;
comment on function api.claim_query_decisions() is 'Part of the query of api.price_claims: what each variant of lines is paid by, and what its modifiers do.';

-- Each line with its variant, its place and the amount of one unit.
create function api.claim_query_lines() returns text
language sql immutable as $function$
  select $$
  line as materialized (
    select x.n, x.claim_id, x.line, x.variant, x.ruling, x.hcpcs, x.given_modifiers, x.place_of_service, x.work_rvu, x.units, x.service_date, x.mac, x.locality, x.plus_four_required, x.fault, x.fee,
           case when x.participation <> 1 then round(x.fee * x.participation, 2) else x.fee end as unit,
           case when x.two_sides then 1 else x.units end as procedures,
           case when x.both_sides or x.two_sides then x.share_of_both else 1 end as sides,
           x.charge, x.documented, x.assigned, x.report_percent, x.postoperative_days,
           -- What of the line more than its own row decides, and what that takes.
           x.has_neighbors and x.fault is null and x.fee is not null as has_neighbors, x.is_elsewhere and x.fault is null as is_elsewhere,
           case when x.fault is null then x.status_indicator end as sound_status,
           hashtextextended(x.patient, x.service_date - date '2000-01-01') as day_key, x.patient, x.rendering_npi, x.billing_npi,
           x.zip, x.minutes, x.base_units, x.work_gpci, x.pe_gpci, x.mp_gpci
      from (
        select k.n, k.claim_id, k.line, k.units, k.service_date, k.charge, k.rendering_npi, k.billing_npi, k.minutes, k.base_units,
               k.report_percent, k.postoperative_days, k.documented, k.assigned, k.patient, k.zip, v.variant,
               v.ruling, v.hcpcs, k.given_modifiers, v.place_of_service, v.work_rvu,
               coalesce(k.mac, o.mac) as mac, coalesce(k.locality, o.locality) as locality, o.plus_four_required, o.work_gpci, o.pe_gpci, o.mp_gpci,
               api.payable_amount(v.work, v.pe, v.mp, v.pe_opps, v.mp_opps, o.work_gpci, o.pe_gpci, o.mp_gpci, v.factor, v.adjustment) as fee,
               case
                 when k.fault is not null then k.fault
                 when k.units is null then 'no units'
                 when not (k.units > 0 and k.units < 1000000) then format('units %s are not between 0 and a million', k.units)
                 when k.units <> trunc(k.units) and v.status_indicator is distinct from 'J' then format('units %s are no whole number', k.units)
                 when not (k.charge >= 0 and k.charge < 1000000000) then format('charge %s is no amount in dollars', k.charge)
                 when not (k.report_percent > 0 and k.report_percent <= 1000) then format('report_percent %s is not between 0 and 1000', k.report_percent)
                 when not (k.minutes >= 0 and k.minutes < 100000) then format('minutes %s are not between 0 and 100,000', k.minutes)
                 when not (k.base_units >= 0 and k.base_units < 1000) then format('base_units %s are not between 0 and 1,000', k.base_units)
                 when not (k.postoperative_days > 0 and k.postoperative_days <= coalesce(v.postoperative_period, 90))
                   then format('postoperative_days %s are not between 0 and the %s of the code', k.postoperative_days, coalesce(v.postoperative_period, 90))
                 when v.refusal is not null then null
                 when v.both_sides and k.units > 1 and v.modifier_refusal is null then format('modifier 50 stands for both sides as one unit, and there are %s', k.units)
                 when v.postoperative_period is not null and k.units > 1 and v.modifier_refusal is null
                   then format('modifier 55 stands for the care after one operation, and units are %s: give its days in postoperative_days', k.units)
                 when k.mac is null and o.location is null then
                   case when k.given_zip is null then 'no ZIP code'
                        when k.zip is null or api.clean_zip(k.zip) is null then format('''%s'' is not a ZIP code', left(k.given_zip, 50))
                        when v.zip_release is null then 'no ZIP code file governs this day'
                        else format('no such ZIP code on this day (%s)', v.zip_release) end
                 when o.work_gpci is null and v.status_indicator <> 'J' then 'no such locality on this day'
                 when v.factor is null and v.status_indicator <> 'J' then 'no conversion factor on this day' end as fault,
               v.participation, v.two_are_both_sides and k.units = 2 as two_sides, v.both_sides, v.share_of_both, v.has_neighbors, v.is_elsewhere, v.status_indicator
          from keyed k
          left join variant v on v.given_hcpcs = k.given_hcpcs and v.given_modifiers = k.given_modifiers
           and v.given_place_of_service = k.given_place_of_service and v.epoch = k.epoch and v.practitioner = k.practitioner
           and v.qualifying_apm = k.qualifying_apm and v.participating = k.participating and v.is_national = k.is_national
          left join location o on o.epoch = k.epoch and o.location = coalesce(k.mac || ' ' || k.locality, k.zip)
        offset 0
      ) x
  ),
  -- Lines whose amount other lines or other schedules may decide.
  candidate as materialized (
    select l.n, l.variant, l.units, l.charge, l.procedures, l.sides, l.unit, l.service_date, l.mac, l.locality, l.documented, l.report_percent, l.postoperative_days,
           l.has_neighbors, l.is_elsewhere, l.sound_status, l.day_key, l.patient, l.rendering_npi, l.billing_npi, l.zip, l.minutes, l.base_units,
           l.work_gpci, l.pe_gpci, l.mp_gpci
      from line l
     where l.has_neighbors or l.is_elsewhere or l.sound_status in ('J', 'T')
  )
  $$
$function$;
comment on function api.claim_query_lines() is 'Part of the query of api.price_claims: each line with its place and the amount of one unit.';
