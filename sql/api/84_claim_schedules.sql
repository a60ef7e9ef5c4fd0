-- Lines that another schedule pays than the physician fee schedule: laboratory, drugs, DMEPOS, and whatever an ambulatory
-- surgical center bills. A code is in one of them at most. Text, as in 83_claim_query.sql.
create function api.claim_query_schedules() returns text
language sql immutable as $function$
  select $$
  -- Distinct here and below, lest the planner take a few lines and answers for millions, and prepare for them.
  elsewhere as materialized (
    select distinct on (l.n) l.n, v.hcpcs, v.modifier_list, l.zip, l.units, l.charge, l.patient, l.service_date, l.billing_npi, v.place_of_service, v.is_center,
           v.refusal, v.epoch, coalesce($1, l.service_date) as day
      from candidate l
      join variant v on v.variant = l.variant
     where l.is_elsewhere
  ),
  supply as materialized (
    select hcpcs, exists (select from api.dmepos_fee f where f.hcpcs = c.hcpcs) as is_supply
      from (select distinct hcpcs from elsewhere where not is_center) c
  ),
  -- Each code is asked for once a day, and supplies once a ZIP code too.
  question as materialized (
    select row_number() over () as question, q.*
      from (select distinct e.hcpcs, e.modifier_list, e.day, e.is_center, coalesce(s.is_supply, false) as is_supply,
                   case when s.is_supply then e.zip end as zip
              from elsewhere e
              left join supply s on s.hcpcs = e.hcpcs) q
  ),
  supply_question as materialized (
    select q.question, row_number() over (order by q.question) as place, q.hcpcs, m.given as modifiers, q.zip, q.day
      from question q
      join modifier_list m on m.modifier_list = q.modifier_list
     where q.is_supply
  ),
  supply_answer as materialized (
    select q.question, (d.answer).amount, (d.answer).basis
      from (select array_agg(hcpcs order by place) as hcpcs, array_agg(modifiers order by place) as modifiers,
                   array_agg(zip order by place) as zip, array_agg(day order by place) as day from supply_question) a
     cross join lateral api.dmepos_payments(a.hcpcs, a.modifiers, a.zip, a.day, $5) d
      join supply_question q on q.place = d.place
  ),
  national_answer as materialized (
    select distinct on (q.question) q.question, n.schedule, n.amount, n.coinsurance, n.copayment, n.has_multiple_procedure_discount,
           n.basis || case when n.is_wage_adjusted and n.amount is not null then '; national, before the wage index of the place' else '' end
                   || case when c.is_known then '' else format(' (latest known: %s)', c.release) end as basis
      from question q
      join modifier_list m on m.modifier_list = q.modifier_list
      join api.national_price n on n.hcpcs = q.hcpcs and n.valid_during @> q.day and (n.schedule = 'ASC') = q.is_center
      join api.release_calendar c on c.table_name = n.table_name and c.period @> q.day and (c.is_known or $5 = 'latest')
     where not q.is_supply
       -- A part of a service is the physician schedule's alone; QW chooses a row where the file has one for it.
       and (q.is_center or m.schedule_modifier = '')
       and (n.modifier = '' or n.modifier = any (m.list))
     order by q.question, n.modifier desc
  ),
  absent as materialized (
    select d.day, d.is_center, string_agg(s.title, ', ' order by s.title) as titles
      from (select distinct day, is_center from question) d
      join api.price_schedule s on (s.schedule = 'ASC') = d.is_center
     where not exists (select from api.release_calendar c
                        where c.table_name = s.table_name and c.period @> d.day and (c.is_known or $5 = 'latest'))
     group by 1, 2
  ),
  center_modifier as materialized (
    select e.epoch, m.modifier_list, coalesce(api.product(r.share), 1) as share, min('modifier ' || r.modifier || ': ' || r.note) filter (where r.share is null) as refusal,
           array_agg(api.rule_text('modifier ' || r.modifier, r.document) order by r.modifier) filter (where r.share <> 1) as rules,
           array_agg(r.share order by r.modifier) filter (where r.share <> 1) as shares,
           max(api.rule_text('device portion', r.document)) filter (where r.device_share > 0) as device_rule, max(r.device_share) as device_share,
           bool_and(r.share = 1) is true as keeps_rank
      from epoch e
      join api.asc_modifier_rule r on r.valid_during @> e.rvu_day
      join modifier_list m on r.modifier = any (m.list)
     group by 1, 2
  ),
  -- The device's part of the device-intensive procedures whose modifiers take it out; null where it is not loaded.
  device as materialized (
    select q.question, max(o.device_offset_amount) filter (where c.is_known or $5 = 'latest') as portion
      from question q
      join api.asc_procedure_versions p on p.hcpcs = q.hcpcs and p.payment_indicator = 'J8' and p.valid_during @> q.day
      left join api.asc_device_offset_versions o on o.hcpcs = q.hcpcs and o.valid_during @> q.day
      left join api.release_calendar c on c.table_name = 'asc_device_offset' and c.period @> q.day
     where q.is_center and q.modifier_list in (select modifier_list from center_modifier where device_rule is not null)
     group by 1
  ),
  answer as materialized (
    select distinct on (q.question) q.question, coalesce(n.schedule, case when q.is_supply then 'DMEPOS' end) as schedule, coalesce(n.amount, s.amount) as amount,
           n.coinsurance, n.copayment, case when q.is_center then n.has_multiple_procedure_discount else false end as is_discounted,
           coalesce(n.basis, 'DMEPOS fee schedule: ' || s.basis) as basis, coalesce('; not loaded for this day, so that they cannot be ruled out: ' || a.titles, '') as absent
      from question q
      left join national_answer n on n.question = q.question
      left join supply_answer s on s.question = q.question
      left join absent a on a.day = q.day and a.is_center = q.is_center
  ),
  asked as materialized (
    select e.*, a.schedule, a.amount as unit_amount, a.copayment * e.units as copayment, a.basis, a.absent,
           coalesce(a.coinsurance, r.coinsurance) as coinsurance, api.rule_text(r.title, r.document) as fee_rule,
           api.rule_text('coinsurance', r.coinsurance_document) as coinsurance_rule,
           m.share, m.refusal as modifier_refusal, m.rules, m.shares, m.device_rule, without.payable,
           a.is_discounted and keep.is_kept as is_ranked,
           -- By the lower of the charge and the rate. What is refused for its place comes last.
           sum(e.units) over (partition by e.patient, e.service_date, e.billing_npi, a.is_discounted and keep.is_kept
                              order by case when a.amount is not null and (e.place_of_service = '24' or not e.is_center) then least(without.payable, e.charge / e.units) end desc nulls last, e.n) - e.units + 1 as rank
      from elsewhere e
      left join supply s on s.hcpcs = e.hcpcs
      join question q on q.hcpcs = e.hcpcs and q.modifier_list = e.modifier_list and q.day = e.day and q.is_center = e.is_center
       and coalesce(q.zip, '') = case when s.is_supply and not e.is_center then coalesce(e.zip, '') else '' end
      join answer a on a.question = q.question
      left join device d on d.question = q.question
      left join schedule_rule r on r.epoch = e.epoch and r.schedule = a.schedule
      left join center_modifier m on m.epoch = e.epoch and m.modifier_list = e.modifier_list and e.is_center
     cross join lateral (select case when m.device_rule is not null and d.question is not null then a.amount - d.portion * m.device_share else a.amount end as payable) without
     cross join lateral (select coalesce(m.keeps_rank, true) as is_kept) keep
  ),
  scheduled as materialized (
    select distinct on (a.n) a.n, a.schedule, a.unit_amount, a.coinsurance, a.coinsurance_rule, a.copayment, a.fee_rule, a.basis, paid.amount,
           case when a.is_center and a.place_of_service <> '24' then format('a surgical center bills place of service 24, not %s', a.place_of_service)
                when a.schedule is null and a.is_center then case when a.absent = '' then 'the ASC addenda of this day do not list it' else 'the ASC addenda of this day are not loaded' end
                when a.schedule is null then a.refusal || case when d.refusal is not null then ''
                  when a.absent = '' then '; no other schedule lists it' else '; no other schedule that is loaded for this day lists it' || a.absent end
                when a.modifier_refusal is not null then a.modifier_refusal
                when a.is_center and a.is_ranked is null then 'the addenda of this day do not say whether another procedure of the session halves the rate'
                when a.unit_amount is null then a.basis
                when a.payable is null then 'the device offset of this day (addendum FF), which the modifier takes out of the rate, is not loaded' end as refusal,
           nullif(concat_ws(',',
             case when a.payable <> a.unit_amount then
               api.step_text(a.device_rule, null, a.unit_amount * a.units, a.payable * a.units) end,
             api.step_texts(a.rules, a.shares, a.payable * a.units),
             case when paid.allowed < paid.in_full then
               api.step_text('{"rule":"charge","document":"Social Security Act, section 1833(a)(1); Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.5"', null, paid.in_full, paid.allowed) end,
             case when paid.amount <> paid.allowed then
               api.step_text(d.center_discount_rule, null, paid.allowed, paid.amount) end), '') as middle_steps
      from asked a
      join epoch d on d.epoch = a.epoch
     cross join lateral (
       select round(a.payable * a.units * coalesce(a.share, 1), 2) as in_full, (a.rank = 1)::integer as first,
              a.is_ranked and a.charge < a.payable * a.units as is_charge) whole
     cross join lateral (
       -- The highest of a session is paid in full and the others by half, unit by unit. This is the last step, after the charge.
       select whole.in_full, case when whole.is_charge then round(a.charge, 2) else whole.in_full end as allowed,
              case when not a.is_ranked then whole.in_full
                   when whole.is_charge then round(a.charge * (whole.first + (a.units - whole.first) * d.center_discount) / a.units, 2)
                   else whole.first * round(a.payable, 2) + (a.units - whole.first) * round(a.payable * d.center_discount, 2) end as amount) paid
  )
  $$
$function$;
comment on function api.claim_query_schedules() is 'Part of the query of api.price_claims: lines that another schedule pays than the physician fee schedule.';
