-- The query of api.price_claims in its steps, each a set: periods, variants, the schedule, lines with their unit amounts,
-- the neighbors of a day, and the result. Text, since the table of claims is named by who asks; %s is its source.

-- Days of service in periods on which no file and no rule changes, and what each period needs to know.
create function api.claim_query_periods() returns text
language sql immutable as $function$
  select $$
  given as %s,
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
                   zip_since, zip_release, min(rvu_day) as rvu_day, min(gpci_day) as gpci_day, min(factor_day) as factor_day
              from day_of_service group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) e
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
    select d.service_date, e.epoch
      from day_of_service d
      join epoch e on (e.rvu_since, e.gpci_since, e.factor_since, e.anesthesia_since, e.rule_since, e.zip_since,
                       e.year, e.gpci_year, e.factor_year)
                   is not distinct from (d.rvu_since, d.gpci_since, d.factor_since, d.anesthesia_since, d.rule_since, d.zip_since,
                       extract(year from d.rvu_day), extract(year from d.gpci_day), extract(year from d.factor_day))
  )
  $$
$function$;
comment on function api.claim_query_periods() is 'Part of the query of api.price_claims: the days of service in periods.';

-- What the schedule and the rules say in each period, each row once, by the keys that lines are joined on.
create function api.claim_query_schedule() returns text
language sql immutable as $function$
  select $$
  -- Codes of the lines, the bases of endoscopies, and the technical parts of whole tests.
  wanted as materialized (
    select code as hcpcs from variant_key where code is not null
     union
    select r.endoscopic_base
      from epoch e
      join api.payment_rvu r on api.holds_on(r.valid_during, e.rvu_day) and r.endoscopic_base is not null
     union
    select technical_hcpcs from api.global_test
  ),
  code as materialized (
    select e.epoch, r.hcpcs, m.modifier, m.modifier <> r.modifier as lacks_row, r.status_indicator,
           r.work_rvu, r.has_rvus, s.pays_rvus is not true and f.payable is true as is_unpaid,
           case when s.pays_rvus and not r.has_rvus then s.basis_without_rvus else s.basis end as basis,
           f.*, r.multiple_procedure_indicator as multiple, r.bilateral_surgery_indicator as bilateral, r.endoscopic_base,
           concat_ws('/', coalesce(r.bilateral_surgery_indicator, '9'), coalesce(r.assistant_at_surgery_indicator, '9'),
                     coalesce(r.co_surgeons_indicator, '9'), coalesce(r.team_surgery_indicator, '9'),
                     -- Four codes of brachytherapy have a global period, and no shares of it.
                     case when r.global_days in ('010', '090') and r.preoperative_share + r.intraoperative_share + r.postoperative_share = 0 then 'no shares' else r.global_days end,
                     r.preoperative_share, r.intraoperative_share, r.postoperative_share, r.modifier, t.pctc,
                     case when t.pctc = '' or exists (select from api.computed_tomography ct where ct.hcpcs = r.hcpcs and ct.valid_during @> e.rvu_day)
                          then t.pctc else '9' end) as profile
      from epoch e
      join api.payment_rvu r on api.holds_on(r.valid_during, e.rvu_day) and r.hcpcs in (select hcpcs from wanted)
      left join api.status_payment s on s.status_indicator = r.status_indicator and s.valid_during @> e.rvu_day
     cross join lateral api.formula(r, s.pays_rvus or $4 and s.status_indicator <> 'J', e.terms) f
     -- Codes are alike in fewer ways where no modifier asks for their parts.
     cross join lateral (select case when not (select bool_or(asks_for_parts) from modifier_list) then ''
                                     when r.modifier = '26' then '2' else coalesce(r.pctc_indicator, '9') end as pctc) t
     -- Most codes have no row for 53: theirs is priced by report, from the row of the whole service.
     cross join lateral unnest(case when r.modifier = '' and exists (select from modifier_list where schedule_modifier = '53')
                                     and not exists (select from api.payment_rvu o where o.hcpcs = r.hcpcs and o.modifier = '53' and o.valid_during @> e.rvu_day)
                                    then array['', '53'] else array[r.modifier] end) m (modifier)
  ),
  place as materialized (
    select e.epoch, g.mac, g.locality, g.work_gpci, g.pe_gpci, g.mp_gpci
      from epoch e join api.payment_gpci g on api.holds_on(g.valid_during, e.gpci_day)
  ),
  -- Where a line was rendered, as it says it: a ZIP code, or a MAC and a locality.
  location as materialized (
    select e.epoch, z.zip as location, z.mac, z.locality, z.plus_four_flag = '1' as plus_four_required, p.work_gpci, p.pe_gpci, p.mp_gpci
      from epoch e
      join api.payment_zip z on e.zip_since is not null and api.holds_on(z.valid_during, e.gpci_day)
      left join place p on p.epoch = e.epoch and p.mac = z.mac and p.locality = z.locality
     union all
    select epoch, mac || ' ' || locality, mac, locality, null, work_gpci, pe_gpci, mp_gpci from place
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
    select e.epoch, p.practitioner, p.share, p.must_assign, api.rule_text('practitioner', p.document) as rule
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
  -- Technical parts of whole tests that are codes of their own.
  technical_code as materialized (
    select e.epoch, g.hcpcs, c.hcpcs as technical_hcpcs, c.work, c.facility_pe, c.non_facility_pe, c.mp, c.adjustment
      from epoch e
      join api.global_test g on g.valid_during @> e.rvu_day
      left join code c on c.epoch = e.epoch and c.hcpcs = g.technical_hcpcs and c.modifier = ''
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
      from epoch e join api.payment_anesthesia_cf f on api.holds_on(f.valid_during, e.factor_day)
  ),
  anesthesia_by as materialized (
    select e.epoch, a.modifier, a.share, a.base_units, a.documented_units, api.rule_text('anesthesia ' || a.modifier, a.document) as rule
      from epoch e join api.anesthesia_modifier_rule a on a.valid_during @> e.rvu_day
  )
  $$
$function$;
comment on function api.claim_query_schedule() is 'Part of the query of api.price_claims: the schedule and the rules of each period.';
