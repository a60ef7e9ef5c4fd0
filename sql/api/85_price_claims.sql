-- What Medicare pays for every line of a table of claims. Grain: line of the table. For everybody who holds claims.

-- Each line with its factors, and its amount before the charge is compared.
create function api.claim_query_amounts() returns text
language sql immutable as $function$
  select $$
  anesthesia as materialized (
    select p.n, b.share, b.rule,
           case when b.modifier is null then 'anesthesia needs one of the modifiers AA, AD, QK, QX, QY and QZ'
                when b.base_units is null and u.base is null then case
                  when d.rvu_day < (select min(valid_from) from api.anesthesia_base_units)
                  then 'the base units of this year were never seen: give them in base_units' else 'no base units: give them in base_units' end
                when f.factor is null then 'no anesthesia conversion factor on this day'
                -- A release without its ANES file leaves the table to its predecessor, whose year may be over.
                when extract(year from d.anesthesia_since) <> d.factor_year and $5 <> 'latest'
                  then format('the anesthesia conversion factors of %s are not loaded', d.factor_year) end as refusal,
           api.anesthesia_amount(t.units, 0, f.factor) as amount,
           -- Half of the units, and not of the cents of the whole: (.5 x (base units + time units)) x conversion factor.
           t.units * b.share * f.factor as paid,
           u.rank > 1 and k.add_on is not true as second
      from (select l.n, v.epoch, l.units, l.documented, v.anesthesia, v.qualifying_apm, v.participation, v.hcpcs, l.mac, l.locality,
                   coalesce(l.base_units, k.base_units) as base, coalesce(l.minutes, l.units) as time,
                   row_number() over (partition by l.patient, l.service_date, l.rendering_npi, v.anesthesia, k.add_on
                                      order by coalesce(l.base_units, k.base_units) desc nulls last, l.n) as place
              from candidate l
              join variant v on v.variant = l.variant
              left join anesthesia_code k on k.epoch = v.epoch and k.hcpcs = v.hcpcs
             where l.sound_status = 'J' and v.refusal is null) p
     cross join lateral (select p.base, p.time as minutes, p.place as rank) u
      join epoch d on d.epoch = p.epoch
      left join anesthesia_code k on k.epoch = p.epoch and k.hcpcs = p.hcpcs
      left join anesthesia_by b on b.epoch = p.epoch and b.modifier = p.anesthesia
      left join anesthesia_factor c on c.epoch = p.epoch and c.mac = p.mac and c.locality = p.locality and c.qualifying_apm = p.qualifying_apm
     -- Who does not participate has a conversion factor of his own, in cents too.
     cross join lateral (select case when p.participation = 1 then c.conversion_factor else round(c.conversion_factor * p.participation, 2) end as factor) f
     cross join lateral (
       select case when b.base_units is not null then b.base_units + case when p.documented then coalesce(b.documented_units, 0) else 0 end
                   when k.timed is false then u.base * p.units
                   else case when k.add_on is true or u.rank = 1 then u.base else 0 end + round(u.minutes / d.minutes_per_unit, d.time_unit_decimals) end as units) t
  ),
  -- Lines whose amount their own row does not decide, and what it is.
  exception as materialized (
    select coalesce(s.n, b.n) as n, 'several' as kind, null::text as schedule,
           case when s.by_report then 'the sixth and further procedures of a day are paid by report'
                when s.n is not null and s.amount is null then 'a part of the code has no amount, so that the rule for several procedures cannot be applied'
                when b.n is not null then 'bundled: something else is payable that day' end as refusal,
           case when s.in_family and s.first_value = 0 then 'included in the other endoscopy of its family' end as basis,
           null::numeric as unit_amount, s.amount, s.work, s.factor, null::numeric as coinsurance, null::numeric as copayment,
           null::text as rule, null::text as fee_rule, null::text as coinsurance_rule, null::text as steps, s.n is not null as is_several, s.in_family, s.pair, s.before_technical
      from several s
      full join bundled b on b.n = s.n
     union all
    select n, 'anesthesia', 'anesthesia', refusal, null, amount, paid, null, share, null, null, rule, null, null, null, false, null, null, null from anesthesia
     union all
    select n, 'scheduled', schedule, refusal, basis, unit_amount, amount, null, null, coinsurance, copayment, null, fee_rule, coinsurance_rule, middle_steps, false, null, null, null from scheduled
  ),
  decided as (
    select l.n, l.claim_id, l.line, l.hcpcs, l.given_modifiers as modifiers, l.units, l.service_date, l.place_of_service, r.setting, l.mac, l.locality,
           l.plus_four_required, r.qualifying_apm, r.status_indicator, r.is_unpaid, r.participating, l.assigned, l.charge, r.has_rvus, l.work_rvu,
           r.participation, r.payment_share, r.must_assign, l.fee, l.unit, l.procedures, l.sides, l.report_percent, l.postoperative_days, r.postoperative_period,
           r.limiting_charge_share, r.sequestration, coalesce(r.waived_share, x.coinsurance, r.ordinary_coinsurance) as coinsurance,
           case when r.waived_share is null then x.copayment end as copayment, coalesce(x.schedule, 'physician') as schedule,
           x.kind, x.is_several, x.unit_amount as exceptional_unit, x.amount as exceptional_amount, x.work, x.factor, x.rule, x.steps, x.in_family, x.pair, x.before_technical,
           coalesce(x.basis, r.basis) || r.basis_end as basis,
           case when r.report is not null then r.share * (coalesce(l.report_percent, 100) / 100)
                -- Of all days where they are not given.
                when l.postoperative_days is not null then r.share * coalesce(l.postoperative_days / r.postoperative_period, 1) else r.share end as share,
           case when x.kind = 'scheduled' then x.refusal
                when l.fault is not null then l.fault
                when r.refusal is not null then r.refusal
                when r.modifier_refusal is not null then r.modifier_refusal
                when r.undocumented is not null and not l.documented then r.undocumented
                when r.report is not null and l.report_percent is null then r.report || ' (give report_percent)'
                else x.refusal end as refusal,
           -- For the steps.
           r.has_rules, r.both_sides, r.practitioner_share, r.practitioner_rule, r.sides_rule, r.several_rule, r.technical_rule, r.modifier_rules, r.modifier_shares,
           r.report, r.report_rule, r.payment_rule, r.nonparticipating_rule, r.sequestration_step,
           case when r.waived_share is null and x.kind = 'scheduled'
                then concat(case when x.coinsurance is null then r.coinsurance_rule else x.coinsurance_rule end, ',"factor":',
                            case when x.copayment is null then trim_scale(1 - coalesce(x.coinsurance, r.ordinary_coinsurance))::text else 'null' end, ',"before":')
                else r.coinsurance_step end as coinsurance_step,
           coalesce(x.fee_rule, case when x.kind = 'anesthesia' then '{"rule":"anesthesia","document":"42 CFR 414.46"' else '{"rule":"fee schedule","document":"42 CFR 414.20(a)"' end) as fee_rule
      from line l
      left join ruling r on r.ruling = l.ruling
      left join exception x on x.n = l.n
    offset 0
  ),
  line_amount as (
    select l.*,
           case when l.refusal is null then coalesce(l.fee, l.exceptional_unit) end as unit_amount,
           case when l.refusal is null then
             case when l.kind = 'anesthesia' then round(l.exceptional_amount * l.share, 2)
                  when l.is_several or l.kind = 'scheduled' then l.exceptional_amount
                  when l.share = 1 and l.sides = 1 then l.procedures * l.unit
                  else l.procedures * round(l.unit * l.sides * l.share, 2) end end as computed,
           case when $6 and l.refusal is null then case when l.kind = 'scheduled' then l.steps
                when l.has_rules or l.is_several or l.practitioner_share <> 1 or l.sides <> 1 or l.procedures <> l.units or l.kind = 'anesthesia' then nullif(concat_ws(',',
             case when l.kind = 'anesthesia' and l.factor <> 1 then
               api.step_text(l.rule, l.factor, l.exceptional_unit, trim_scale(round(l.exceptional_amount, 4))) end,
             case when l.both_sides or l.procedures <> l.units then
               api.step_text(l.sides_rule, trim_scale(l.sides * l.procedures / l.units), l.unit * l.units, trim_scale(l.unit * l.procedures * l.sides)) end,
             case when l.pair <> 1 then api.step_text(l.sides_rule, trim_scale(l.pair), l.unit * l.procedures, trim_scale(alone.amount)) end,
             case when l.is_several and round(several.amount, 4) <> round(alone.amount, 4) then
               api.step_text(l.several_rule, l.factor, trim_scale(alone.amount), trim_scale(round(several.amount, 4))) end,
             case when l.is_several and l.technical_rule is not null then
               api.step_text(l.technical_rule, null, trim_scale(round(several.amount, 4)), trim_scale(round(l.exceptional_amount / nullif(l.share, 0), 4))) end,
             case when l.share <> 1 then api.step_texts(
               case when l.practitioner_share <> 1 then array[l.practitioner_rule] end || l.modifier_rules || case when l.report is not null then array[l.report_rule] end
                 || case when l.postoperative_days / l.postoperative_period <> 1 then array['{"rule":"days of care after surgery","document":"Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.4.B"'] end,
               case when l.practitioner_share <> 1 then array[l.practitioner_share] end || l.modifier_shares || case when l.report is not null then array[l.report_percent / 100] end
                 || case when l.postoperative_days / l.postoperative_period <> 1 then array[l.postoperative_days / l.postoperative_period] end,
               case when l.is_several and l.technical_rule is not null then l.exceptional_amount / nullif(l.share, 0)
                    when l.is_several then several.amount else alone.amount end) end), '') end end as middle_steps
      from decided l
     -- For the steps: the amount before other lines of the day count, and after.
     cross join lateral (select case when l.kind = 'anesthesia' then l.exceptional_amount else l.unit * l.procedures * l.sides * coalesce(l.pair, 1) end as amount) alone
     cross join lateral (
       select case when l.technical_rule is not null then coalesce(l.before_technical / nullif(l.share, 0), alone.amount * coalesce(l.factor, 1))
                   when l.factor is not null and not l.in_family then alone.amount * l.factor
                   else l.exceptional_amount / nullif(l.share, 0) end as amount) several
    offset 0
  )
  $$
$function$;
comment on function api.claim_query_amounts() is 'Part of the query of api.price_claims: the factors of each line and its amount.';

-- The last step of the query: each line with its basis and its steps, where $6 asks for them. Text, as in 83_claim_query.sql.
create function api.claim_query_result() returns text
language sql immutable as $function$
  select $$
  select a.claim_id, a.line, a.hcpcs, a.modifiers, a.units, a.service_date, a.place_of_service,
         a.setting, a.mac, a.locality, a.plus_four_required, a.qualifying_apm,
         case when a.unit_amount is not null then a.schedule end,
         a.status_indicator, a.unit_amount, a.amount, a.medicare_pays, a.amount - a.medicare_pays_before_share, a.after_sequestration,
         case when not (a.participating or a.assigned or a.must_assign) and a.kind is distinct from 'scheduled' then round(a.computed * a.limiting_charge_share, 2) end,
         case when a.has_rvus then a.work_rvu * a.units end,
         case when a.amount is not null then round(coalesce(a.work, a.work_rvu * a.units * a.share * a.sides), 2) end,
         case when a.amount is not null then a.is_unpaid is not true end, coalesce(a.refusal, a.basis),
         case when a.amount is not null and $6 then concat('[', a.fee_rule, ',"factor":', a.units, ',"before":', a.unit_amount, ',"after":',
             case when a.schedule = 'anesthesia' then a.unit_amount else a.unit_amount * a.units end, '}',
           case when not a.participating and a.fee is not null
                then ',' || api.step_text(a.nonparticipating_rule, a.participation, a.fee * a.units, a.unit * a.units) end,
           ',' || a.middle_steps,
           case when a.charge < a.computed then ',' || api.step_text('{"rule":"charge","document":"Social Security Act, section 1833(a)(1)"', null, a.computed, a.charge) end,
           ',', a.coinsurance_step, a.amount, ',"after":', a.medicare_pays_before_share, '}',
           case when a.payment_share <> 1 then ',' || api.step_text(a.payment_rule, a.payment_share, a.medicare_pays_before_share, a.medicare_pays) end,
           ',' || a.sequestration_step || a.medicare_pays || ',"after":' || a.after_sequestration || '}',
           ']')::json end,
         a.n
    from (
      select b.*, round(b.medicare_pays * (1 - b.sequestration), 2) as after_sequestration
        from (
          select c.*, case when c.payment_share = 1 then c.medicare_pays_before_share else round(c.medicare_pays_before_share * c.payment_share, 2) end as medicare_pays
            from (
              select x.*, case when x.copayment is null then round(x.amount * (1 - x.coinsurance), 2)
                               else greatest(x.amount - round(x.copayment, 2), 0) end as medicare_pays_before_share
                -- A charge is no amount of what has none.
                from (select l.*, case when l.charge < l.computed then round(l.charge, 2) else l.computed end as amount from line_amount l) x
              offset 0
            ) c
        ) b
    ) a
  $$
$function$;
comment on function api.claim_query_result() is 'Last part of the query of api.price_claims: the columns of the answer.';

create function api.price_claims_by(
  claims regclass, rvus_on date, gpcis_on date, factors_on date, unpaid boolean, on_missing text, with_steps boolean
) returns setof api.priced_claim_line
-- What is kept for later goes to the disk early, and what is looked up stays in memory.
language plpgsql stable set work_mem = '1MB' set hash_mem_multiplier = 256 set jit = off set enable_nestloop = off set enable_mergejoin = off set enable_sort = off set join_collapse_limit = 1
-- Rows are numbered in the order in which they are read, which these would change from one time to the next.
set synchronize_seqscans = off set max_parallel_workers_per_gather = 0 as $$
declare
  source text := api.claim_source(claims);
begin
  return query execute 'with ' || concat_ws(', ',
      -- A table is read again for less than its rows cost to keep, unless they are texts that must be understood first; a
      -- view might give others the second time.
      replace(api.claim_query_periods(), '%s', case when (select relkind = 'r' from pg_class where oid = claims) and source !~ 'api\.claim_' then 'not ' else '' end
        || 'materialized (' || source || ')'),
      api.claim_query_variants(), api.claim_query_schedule(), api.claim_query_decisions(), api.claim_query_lines(), api.claim_query_schedules(), api.claim_query_neighbors(), api.claim_query_amounts())
    || api.claim_query_result()
    using rvus_on, gpcis_on, factors_on, unpaid, on_missing, with_steps;
end
$$;
comment on function api.price_claims_by(regclass, date, date, date, boolean, text, boolean) is
  'api.price_claims by the relative values and rules, the GPCIs and the conversion factors of three days in place of the day of service (null: that day). unpaid: also by RVUs that Medicare itself does not pay by. with_steps: whether each line tells its steps. Grain: line of the table.';

create function api.price_claims(claims regclass, on_missing text default 'refuse', with_steps boolean default true) returns setof api.priced_claim_line
language sql stable as $$
  select * from api.price_claims_by(price_claims.claims, null, null, null, false, price_claims.on_missing, price_claims.with_steps)
$$;
comment on function api.price_claims(regclass, text, boolean) is
  'What Medicare allows and pays for every line of a table or view of claims (api.claim_column lists its columns), in dollars, before the deductible. Grain: line of the table: a line that cannot be priced has null amounts, and basis says why. on_missing => ''latest'' prices days whose release is not loaded by the latest known one. with_steps => false leaves steps null, which takes less time. Rules in the order of Medicare Claims Processing Manual, chapter 12: the fee schedule amount with its OPPS cap, participation, both sides (section 40.7), several procedures (40.6), old equipment (FX, FY, CT), assistants and parts of the global package (20.4.3, 40.4, 40.8), the charge, coinsurance, sequestration. docs/claims.md shows it.';

-- For contracts that pay a percentage of Medicare, also for codes that Medicare itself does not pay.
create function api.percent_of_medicare(
  claims regclass, percent numeric, on_date date default null, on_missing text default 'refuse'
) returns table (
  claim_id text, line text, hcpcs text, modifiers text, units numeric, service_date date,
  medicare_amount numeric, amount numeric, paid_by_medicare boolean, basis text
)
language sql stable as $$
  select p.claim_id, p.line, p.hcpcs, p.modifiers, p.units, p.service_date,
         p.amount, round(p.amount * percent_of_medicare.percent / 100, 2),
         p.paid_by_medicare, p.basis
    from api.price_claims_by(percent_of_medicare.claims, percent_of_medicare.on_date, percent_of_medicare.on_date,
                             percent_of_medicare.on_date, true, percent_of_medicare.on_missing, false) p
$$;
comment on function api.percent_of_medicare(regclass, numeric, date, text) is
  'A percentage of what Medicare allows for every line of a table of claims (api.price_claims), in dollars, by the schedule of the day of service, or of one day, such as 2024-06-30 for "120 percent of Medicare 2024". Codes with RVUs that Medicare itself does not pay by (status B, I, N, X and others) are valued by these; paid_by_medicare is then false. Grain: line of the table.';
