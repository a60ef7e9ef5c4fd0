-- The query of api.price_claims in its steps, each a set: periods, codes, lines with their unit amounts, modifiers, the
-- neighbors of a day, and the result. Text, since the table of claims is named by who asks; %s is its source.

-- Days of service in periods on which no file and no rule changes, and what each period needs to know.
create function api.claim_query_periods() returns text
language sql immutable as $function$
  select $$
  given as not materialized (%s),
  governed as materialized (
    select table_name, period, lower(period) as since, release from api.release_period where table_name in ('anesthesia_cf', 'zip5')
     union all
    select table_name, period, lower(period), release from api.release_calendar where table_name in ('rvu', 'gpci')
  ),
  rule_change as materialized (select changed_on from api.claim_rule_change),
  day_of_service as materialized (
    select d.service_date, o.*, rvu.since as rvu_since, gpci.since as gpci_since, factor.since as factor_since,
           anesthesia.since as anesthesia_since, zip.since as zip_since, zip.release as zip_release,
           (select max(changed_on) from rule_change where changed_on <= o.rvu_day) as rule_since
      from (select distinct service_date from given where service_date is not null) d
     cross join lateral (select coalesce($1, d.service_date) as rvu_day, coalesce($2, d.service_date) as gpci_day,
                                coalesce($3, d.service_date) as factor_day) o
      left join governed rvu on rvu.table_name = 'rvu' and rvu.period @> o.rvu_day
      left join governed gpci on gpci.table_name = 'gpci' and gpci.period @> o.gpci_day
      left join governed factor on factor.table_name = 'rvu' and factor.period @> o.factor_day
      left join governed anesthesia on anesthesia.table_name = 'anesthesia_cf' and anesthesia.period @> o.factor_day
      left join governed zip on zip.table_name = 'zip5' and zip.period @> o.gpci_day
  ),
  epoch as materialized (
    select e.*, row_number() over () as epoch, t as terms,
           coalesce(rvu_is.refusal, gpci_is.refusal, factor_is.refusal) as refusal, national_is.refusal as national_refusal,
           rvu_is.note || coalesce(factor_is.amount_note, '') as note,
           (select conversion_factor from api.payment_conversion_factor f where not f.qualifying_apm and f.valid_during @> e.factor_day) as ordinary_factor,
           (select conversion_factor from api.payment_conversion_factor f where f.qualifying_apm and f.valid_during @> e.factor_day) as qualifying_factor,
           rule.*
      from (select rvu_since, gpci_since, factor_since, anesthesia_since, rule_since, extract(year from rvu_day) as year,
                   extract(year from gpci_day) as gpci_year, extract(year from factor_day) as factor_year,
                   min(rvu_day) as rvu_day, min(gpci_day) as gpci_day, min(factor_day) as factor_day
              from day_of_service group by 1, 2, 3, 4, 5, 6, 7, 8) e
     cross join lateral api.payment_terms_on(e.rvu_day) t
     cross join lateral api.payment_day(e.rvu_day, $5, '99999') rvu_is
     cross join lateral api.payment_day(e.gpci_day, $5, '99999') gpci_is
     cross join lateral api.payment_day(e.factor_day, $5, '99999') factor_is
     cross join lateral api.payment_day(e.rvu_day, $5, '00000') national_is
     cross join lateral (
       select max(value) filter (where rule = 'coinsurance') as coinsurance,
              max(api.rule_text('coinsurance', document)) filter (where rule = 'coinsurance') as coinsurance_rule,
              max(value) filter (where rule = 'sequestration') as sequestration,
              max(api.rule_text('sequestration', document)) filter (where rule = 'sequestration') as sequestration_rule,
              max(api.rule_text('nonparticipating', document)) filter (where rule = 'non_participating_share') as nonparticipating_rule,
              max(value) filter (where rule = 'asc_multiple_procedure') as center_discount,
              max(api.rule_text('several procedures', document)) filter (where rule = 'asc_multiple_procedure') as center_discount_rule,
              max(value) filter (where rule = 'anesthesia_minutes_per_unit') as minutes_per_unit,
              max(value) filter (where rule = 'anesthesia_time_unit_decimals')::integer as time_unit_decimals
         from api.payment_rule where valid_during @> e.rvu_day) rule
  ),
  day as materialized (
    select d.service_date, d.zip_since, d.zip_release, e.*
      from day_of_service d
      join epoch e on (e.rvu_since, e.gpci_since, e.factor_since, e.anesthesia_since, e.rule_since,
                       e.year, e.gpci_year, e.factor_year)
                   is not distinct from (d.rvu_since, d.gpci_since, d.factor_since, d.anesthesia_since, d.rule_since,
                       extract(year from d.rvu_day), extract(year from d.gpci_day), extract(year from d.factor_day))
  ),
  modifier_list as materialized (
    select m.given, row_number() over () as modifier_list, m.list, api.schedule_modifier(m.given) as schedule_modifier,
           api.modifier_fault(m.given) as fault,
           case when m.list && '{80,81,82,AS}' then 'assistant' when m.list && '{62,66}' then 'co-surgeon' else 'surgeon' end as role,
           m.list && '{SG}' as is_center, m.list && '{78}' as returns, m.list && '{59,XE}' as separate, m.list && '{50}' as both_sides,
           case when m.list && '{50}' then null when m.list && '{LT}' then 'LT' when m.list && '{RT}' then 'RT' end as side,
           exists (select from api.modifier_rule r where r.modifier = any (m.list)) as has_rules,
           (select a from unnest(m.list) a where a in (select modifier from api.anesthesia_modifier_rule) limit 1) as anesthesia,
           (select c.name from api.coinsurance_rule c where c.kind = 'modifier' and c.name = any (m.list) limit 1) as coinsurance
      from (select given, case when list @> '{LT,RT}' and not list && '{50}' then list || '{50}' else list end as list
              from (select g.modifiers as given,
                       -- A modifier that stands twice says nothing more.
                       array(select modifier from unnest(api.modifiers(g.modifiers)) with ordinality u (modifier, place) group by 1 order by min(place)) as list
                  from (select distinct modifiers from given) g) l) m
  )
  $$
$function$;
comment on function api.claim_query_periods() is 'Part of the query of api.price_claims: the days of service in periods, and the lists of modifiers.';

-- What the schedule and the rules say in each period, each row once, by the keys that lines are joined on.
create function api.claim_query_schedule() returns text
language sql immutable as $function$
  select $$
  code as materialized (
    select e.epoch, r.hcpcs, m.modifier, m.modifier <> r.modifier as lacks_row, r.status_indicator,
           r.work_rvu, r.has_rvus, s.pays_rvus is not true and f.payable is true as is_unpaid,
           case when s.pays_rvus and not r.has_rvus then s.basis_without_rvus else s.basis end as basis,
           f.*, r.multiple_procedure_indicator as multiple, r.bilateral_surgery_indicator as bilateral, r.endoscopic_base,
           concat_ws('/', coalesce(r.bilateral_surgery_indicator, '9'), coalesce(r.assistant_at_surgery_indicator, '9'),
                     coalesce(r.co_surgeons_indicator, '9'), coalesce(r.team_surgery_indicator, '9'), r.global_days,
                     r.preoperative_share, r.intraoperative_share, r.postoperative_share, r.modifier) as profile
      from epoch e
      join api.payment_rvu r on r.valid_during @> e.rvu_day
      left join api.status_payment s on s.status_indicator = r.status_indicator and s.valid_during @> e.rvu_day
     cross join lateral api.formula(r, s.pays_rvus or $4 and s.status_indicator <> 'J', e.terms) f
     -- Most codes have no row for 53: theirs is priced by report, from the row of the whole service.
     cross join lateral unnest(case when r.modifier = '' and exists (select from modifier_list where schedule_modifier = '53')
                                     and not exists (select from api.payment_rvu o where o.hcpcs = r.hcpcs and o.modifier = '53' and o.valid_during @> e.rvu_day)
                                    then array['', '53'] else array[r.modifier] end) m (modifier)
  ),
  place as materialized (
    select e.epoch, g.mac, g.locality, g.work_gpci, g.pe_gpci, g.mp_gpci
      from epoch e join api.payment_gpci g on g.valid_during @> e.gpci_day
  ),
  zip_code as materialized (
    select d.zip_since, z.zip, z.mac, z.locality, z.plus_four_flag = '1' as plus_four_required
      from (select zip_since, min(gpci_day) as day from day_of_service where zip_since is not null group by 1) d
      join api.payment_zip z on z.valid_during @> d.day
  ),
  setting as materialized (
    select e.epoch, p.place_of_service, p.setting, p.note,
           exists (select from api.home_place_of_service h where h.place_of_service = p.place_of_service and h.valid_during @> e.rvu_day) as is_home
      from epoch e join api.place_of_service p on p.valid_during @> e.rvu_day
  ),
  schedule_rule as materialized (
    select e.epoch, r.schedule, r.title, r.coinsurance, r.document, r.coinsurance_document
      from epoch e join api.schedule_rule r on r.valid_during @> e.rvu_day
  ),
  practitioner as materialized (
    select e.epoch, p.practitioner, p.share, api.rule_text('practitioner', p.document) as rule
      from epoch e join api.practitioner_rule p on p.valid_during @> e.rvu_day
  ),
  waived as materialized (
    select e.epoch, c.kind, c.name, c.share, api.rule_text('coinsurance', c.document) as rule
      from epoch e join api.coinsurance_rule c on c.valid_during @> e.rvu_day
  ),
  multiple_rule as materialized (
    select e.epoch, m.multiple_procedure_indicator as multiple, m.part, m.first_rank, m.last_rank, m.share,
           api.rule_text('several procedures', m.document) as rule
      from epoch e join api.multiple_procedure_rule m on m.valid_during @> e.rvu_day
  ),
  both_sides as materialized (
    select e.epoch, r.indicator_value as bilateral, r.share, api.rule_text('both sides', r.document) as rule
      from epoch e join api.modifier_rule r on r.modifier = '50' and r.share is not null and r.valid_during @> e.rvu_day
  ),
  anesthesia_code as materialized (
    select e.epoch, b.hcpcs, b.base_units, b.add_on, b.timed
      from epoch e join api.anesthesia_base_units b on b.valid_during @> e.rvu_day
  ),
  anesthesia_factor as materialized (
    select e.epoch, f.mac, f.locality, f.qualifying_apm, f.conversion_factor
      from epoch e join api.payment_anesthesia_cf f on f.valid_during @> e.factor_day
  ),
  anesthesia_by as materialized (
    select e.epoch, a.modifier, a.share, a.base_units, api.rule_text('anesthesia ' || a.modifier, a.document) as rule
      from epoch e join api.anesthesia_modifier_rule a on a.valid_during @> e.rvu_day
  )
  $$
$function$;
comment on function api.claim_query_schedule() is 'Part of the query of api.price_claims: the schedule and the rules of each period.';

-- Each line beside what it is priced by, with the amount of one unit.
create function api.claim_query_lines() returns text
language sql immutable as $function$
  select $$
  line as not materialized (
    select g.n, g.claim_id, g.line, g.hcpcs as given_hcpcs, g.modifiers, g.units, g.service_date, g.place_of_service as given_place_of_service, g.zip as given_zip, g.charge, coalesce(g.qualifying_apm, false) as qualifying_apm, g.rendering_npi, g.billing_npi,
           coalesce(g.patient_id, g.claim_id, g.n::text) as patient, upper(btrim(g.practitioner)) as practitioner,
           coalesce(g.participating, true) as participating, coalesce(g.assigned, true) as assigned,
           g.minutes, g.base_units, g.documented, g.report_percent, g.fault,
           case when length(g.hcpcs) = 5 and upper(g.hcpcs collate "C") = g.hcpcs collate "C" then g.hcpcs else api.clean_hcpcs(g.hcpcs) end as hcpcs,
           case when length(g.place_of_service) = 2 then g.place_of_service else lpad(btrim(g.place_of_service), 2, '0') end as place_of_service,
           case when g.mac is null or g.locality is null then null when length(g.mac) = 5 then g.mac else coalesce(api.clean_mac(g.mac), g.mac) end as mac,
           case when g.mac is null or g.locality is null then null when length(g.locality) = 2 then g.locality else coalesce(api.clean_locality(g.locality), g.locality) end as locality,
           case when length(g.zip) = 5 then g.zip else api.clean_zip(g.zip) end as zip
      from given g
    -- Each value is read once, and not wherever it is used.
    offset 0
  ),
  priced as materialized (
    select l.n, l.claim_id, l.line, coalesce(l.hcpcs, l.given_hcpcs) as hcpcs, l.modifiers, l.units, l.service_date,
           l.place_of_service, l.charge, l.qualifying_apm, l.rendering_npi, l.billing_npi, l.patient,
           l.participating, l.assigned, l.minutes, l.base_units, l.documented, l.report_percent, l.practitioner,
           d.epoch, s.setting, coalesce(l.mac, z.mac) as mac, coalesce(l.locality, z.locality) as locality,
           case when l.mac is null then z.plus_four_required end as plus_four_required,
           c.status_indicator, c.multiple, c.bilateral, c.endoscopic_base, c.profile, c.work_rvu, c.has_rvus, c.basis, c.is_unpaid, c.modifier,
           c.work, c.mp, c.mp_opps, c.adjustment, amount.pe, amount.pe_opps, p.work_gpci, p.pe_gpci, p.mp_gpci, amount.factor,
           case when l.participating then 1 else (d.terms).non_participating_share end as participation,
           m.modifier_list, m.has_rules, m.role, m.returns, m.separate, m.side, m.both_sides, m.anesthesia, m.coinsurance,
           case when m.both_sides or two.sides then b.share else 1 end as sides, b.rule as sides_rule, b.share as share_of_both,
           case when two.sides then 1 else l.units end as procedures,
           case when m.role = 'assistant' then 1 else coalesce(pr.share, 1) end as practitioner_share, pr.rule as practitioner_rule,
           case when amount.fee is not null and not l.participating
                then round(amount.fee * (d.terms).non_participating_share, 2) else amount.fee end as unit,
           amount.fee,
           why.fault is null and (who.is_center or why.unpaid is not null and (c.hcpcs is null or d.refusal is not null or c.status_indicator in ('E', 'N', 'X') or c.status_indicator = 'P' and s.is_home)) as is_elsewhere, who.is_center, l.zip,
           coalesce(why.fault, why.unpaid, why.nowhere) as refusal
      from line l
      left join day d on d.service_date = l.service_date
      left join modifier_list m on m.given = l.modifiers
      left join setting s on s.epoch = d.epoch and s.place_of_service = l.place_of_service
      left join zip_code z on z.zip_since = d.zip_since and z.zip = l.zip and l.mac is null
      left join place p on p.epoch = d.epoch and p.mac = coalesce(l.mac, z.mac) and p.locality = coalesce(l.locality, z.locality)
     cross join lateral (select m.is_center is true or l.practitioner is not distinct from 'ASC' as is_center offset 0) who
      left join code c on c.epoch = d.epoch and c.hcpcs = l.hcpcs and c.modifier = m.schedule_modifier and not who.is_center
      left join both_sides b on b.epoch = d.epoch and b.bilateral = c.bilateral
      left join practitioner pr on pr.epoch = d.epoch and pr.practitioner = l.practitioner
     -- A code with sides whose units are two is for both sides, as with modifier 50.
     cross join lateral (select l.units = 2 and c.bilateral in ('1', '2') and not m.both_sides and m.side is null as sides) two
     cross join lateral (
       select v.*, api.payable_amount(c.work, v.pe, c.mp, v.pe_opps, c.mp_opps, p.work_gpci, p.pe_gpci, p.mp_gpci, v.factor, c.adjustment) as fee
         from (select case s.setting when 'facility' then c.facility_pe when 'non_facility' then c.non_facility_pe end as pe,
                      case s.setting when 'facility' then c.facility_pe_opps else c.non_facility_pe_opps end as pe_opps,
                      case when l.qualifying_apm then d.qualifying_factor else d.ordinary_factor end as factor) v
       offset 0
     ) amount
     cross join lateral (
       select case
                when l.fault is not null then l.fault
                when l.given_hcpcs is null then 'no code'
                when l.hcpcs is null or c.hcpcs is null and l.hcpcs !~ '^(\d{4}[\dA-Z]|[A-Z]\d{4}|[A-Z]X{3}\d)$' then format('%L is not a HCPCS code', l.given_hcpcs)
                when m.fault is not null then m.fault
                when l.units is null then 'no units'
                when not (l.units > 0 and l.units < 1000000) then format('units %s are not between 0 and a million', l.units)
                when c.status_indicator is distinct from 'J' and l.units <> trunc(l.units) then format('units %s are no whole number', l.units)
                when not (coalesce(l.charge, 0) >= 0 and coalesce(l.charge, 0) < 1000000000) then format('charge %s is no amount in dollars', l.charge)
                when not (coalesce(l.report_percent, 100) > 0 and coalesce(l.report_percent, 100) <= 1000) then format('report_percent %s is not between 0 and 1000', l.report_percent)
                when l.practitioner <> '' and d.epoch is not null and pr.practitioner is null
                  then format('%L is no practitioner of this day', l.practitioner)
                when l.service_date is null then 'no date of service'
                when l.place_of_service is null then 'no place of service'
                when s.place_of_service is null then format('%L is no place of service of this day', l.given_place_of_service) end as fault,
              case
                when l.mac is not distinct from '00000' and d.national_refusal is not null then d.national_refusal
                when l.mac is distinct from '00000' and d.refusal is not null then d.refusal
                when c.hcpcs is null then coalesce(
                  case when exists (select from api.rejected_row) then
                    api.rejection('rvu', jsonb_build_object('hcpcs', l.hcpcs, 'modifier', m.schedule_modifier), l.service_date) end,
                  case when m.schedule_modifier <> '' and exists (select from api.payment_rvu o where o.hcpcs = l.hcpcs and o.valid_during @> d.rvu_day)
                       then format('the schedule of this day has %s without modifier %s', l.hcpcs, m.schedule_modifier)
                       else 'not in the schedule of this day' end)
                when c.status_indicator <> 'J' and c.payable is not true then c.basis || d.note end as unpaid,
              case
                when s.setting is null then format('place of service %s: %s', l.place_of_service, s.note)
                when l.mac is null and z.zip is null then
                  case when l.given_zip is null then 'no ZIP code'
                       when l.zip is null or api.clean_zip(l.zip) is null then format('%L is not a ZIP code', l.given_zip)
                       when d.zip_since is null then 'no ZIP code file governs this day'
                       else format('no such ZIP code on this day (%s)', d.zip_release) end
                when c.status_indicator = 'J' then null
                when p.mac is null then 'no such locality on this day'
                when amount.fee is null then 'no conversion factor on this day' end as nowhere
       offset 0
     ) why
  ),
  -- What more than its own row decides: modifiers, other lines of the day, anesthesia.
  special as materialized (
    select * from priced
     where refusal is null
       and (has_rules or status_indicator in ('J', 'T') or multiple between '2' and '7' or side is not null)
  ),
  effect as materialized (
    select k.modifier_list, k.profile, k.epoch,
           coalesce(api.product(r.share) filter (where r.modifier <> '50' and r.applies_to = 'amount'), 1) as share,
           coalesce(api.product(r.share) filter (where r.applies_to = 'payment'), 1) as payment_share,
           min(r.told) filter (where r.treatment in ('not paid', 'does not apply', 'not priced')) as refusal,
           min(r.told) filter (where r.treatment = 'documented') as undocumented,
           min(r.told) filter (where r.treatment = 'by report') as report,
           max(r.rule) filter (where r.treatment = 'by report') as report_rule,
           array_agg(r.rule order by r.position) filter (where r.share is not null and r.modifier <> '50' and r.applies_to = 'amount') as rules,
           array_agg(r.share order by r.position) filter (where r.share is not null and r.modifier <> '50' and r.applies_to = 'amount') as shares,
           max(r.rule) filter (where r.applies_to = 'payment') as payment_rule
      from (select distinct modifier_list, profile, epoch from special where has_rules and profile is not null) k
      join modifier_list m using (modifier_list)
      join epoch e using (epoch)
     cross join lateral (select string_to_array(k.profile, '/') as part offset 0) code
     cross join lateral (
       select u.modifier, u.position, r.treatment, r.applies_to,
              'modifier ' || u.modifier || ': ' || r.note as told, api.rule_text('modifier ' || u.modifier, r.document) as rule,
              case when r.treatment in ('share', 'documented') then coalesce(r.share,
                (select sum(case f when 'preoperative_share' then part[6] when 'intraoperative_share' then part[7] else part[8] end::numeric)
                   from unnest(r.shares_of_file) f)) end as share
         from unnest(m.list) with ordinality u (modifier, position)
         join api.modifier_rule r
           on r.modifier = u.modifier and r.valid_during @> e.rvu_day
          and (r.indicator is null or r.indicator_value = case r.indicator
                 when 'bilateral_surgery_indicator' then part[1] when 'assistant_at_surgery_indicator' then part[2]
                 when 'co_surgeons_indicator' then part[3] when 'team_surgery_indicator' then part[4] else part[5] end)
        -- The file has a row of its own for some discontinued services.
        where not (u.modifier = '53' and part[9] = '53')
     ) r
     group by 1, 2, 3
  )
  $$
$function$;
comment on function api.claim_query_lines() is 'Part of the query of api.price_claims: each line with the amount of one unit, and what its modifiers do.';
