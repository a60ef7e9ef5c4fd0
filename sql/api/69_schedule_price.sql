-- What the schedules beside that of physicians pay, through time.

-- Grain: schedule beside that of physicians. Key: table_name.
create view api.price_schedule as
select place, schedule, title, table_name,
       exists (select from api.release_period p where p.table_name = s.table_name) as is_loaded
  from (values (1, 'laboratory', 'laboratory fees', 'clfs'), (2, 'drugs', 'payment limits of drugs', 'asp'),
               (3, 'DMEPOS', 'DMEPOS', 'dmepos'), (4, 'ASC', 'ASC rates', 'asc_procedure')) s (place, schedule, title, table_name);
comment on view api.price_schedule is 'The schedules beside that of physicians which set amounts. Grain: schedule.';
comment on column api.price_schedule.place is 'Order in which they are told; of several that price a code the first stands for it.';
comment on column api.price_schedule.schedule is 'laboratory, drugs, DMEPOS or ASC.';
comment on column api.price_schedule.title is 'What it is called in sentences.';
comment on column api.price_schedule.table_name is 'Table whose releases govern it, as in api.release_calendar.';
comment on column api.price_schedule.is_loaded is 'Whether a release of it is loaded.';

-- Grain: schedule, HCPCS code, modifier and version, for the schedules that have one national amount. Without a place, so physician fees and DMEPOS are not here. Like the other inputs of payment it looks up no release.
create view api.national_price as
with meaning as (
  select distinct on (payment_indicator) payment_indicator, meaning
    from asc_addenda.asc_payment_indicator
   order by payment_indicator, valid_during desc
)
select 'laboratory' as schedule, 'laboratory' as setting, 'clfs' as table_name, hcpcs, modifier, rate as amount, 'test' as unit, 0.00 as coinsurance,
       null::numeric as copayment, false as has_multiple_procedure_discount,
       case indicator when 'L' then 'laboratory fee schedule: the contractor sets the rate (indicator L)'
            else 'laboratory fee schedule: one national rate; no coinsurance and no deductible' end as basis,
       false as is_wage_adjusted, valid_during
  from clfs.clfs
 union all
select 'drugs', 'drug', 'asp', hcpcs, '', payment_limit, dosage, coinsurance_percentage / 100, null, false,
       'payment limit of Part B drugs (ASP), for one billing unit' ||
         case when coinsurance_percentage <> 20 then format('; the patient pays %s percent', trim_scale(coinsurance_percentage)) else '' end ||
         coalesce('; ' || notes, ''),
       false, valid_during
  from asp.asp
 union all
select 'ASC', 'ASC', 'asc_procedure', p.hcpcs, '', p.payment_rate, 'service', null, null, p.has_multiple_procedure_discount,
       format('ASC addendum AA, payment indicator %s%s', p.payment_indicator, ': ' || rtrim(m.meaning, '.')), true, p.valid_during
  from asc_addenda.asc_procedure p
  left join meaning m on m.payment_indicator = p.payment_indicator
 union all
select 'ASC', 'ASC', 'asc_procedure', a.hcpcs, '', a.payment_rate, coalesce(r.unit, 'service'), null, a.adjusted_copayment, false,
       format('ASC addendum BB, payment indicator %s%s', a.payment_indicator, ': ' || rtrim(m.meaning, '.')),
       coalesce(r.is_wage_adjusted, true), a.valid_during
  from asc_addenda.asc_ancillary a
  left join meaning m on m.payment_indicator = a.payment_indicator
  left join api.asc_indicator_rule r on r.payment_indicator = a.payment_indicator;
comment on view api.national_price is
  'What the laboratory fee schedule, the payment limits of drugs and the ASC addenda pay for one unit of a code, in dollars, as far as it is one amount for the whole country. Grain: schedule, HCPCS code, modifier and version.';
comment on column api.national_price.schedule is 'laboratory, drugs or ASC.';
comment on column api.national_price.setting is 'laboratory, drug or ASC.';
comment on column api.national_price.table_name is 'Table whose release governs the amount, as in api.release_calendar.';
comment on column api.national_price.modifier is 'QW for tests under a certificate of waiver that have a rate of their own; else empty text.';
comment on column api.national_price.amount is 'Dollars for one unit; of ASC before the wage index, where is_wage_adjusted. Null where none is paid separately, or the contractor prices it.';
comment on column api.national_price.unit is 'What the amount is for: test, service, the dosage of the drug, or in surgical centers the billing unit of a drug or source.';
comment on column api.national_price.coinsurance is 'Share of the amount that the patient owes; null where the ordinary share of api.payment_rule applies.';
comment on column api.national_price.copayment is 'Dollars for one unit that the patient owes in place of a share; null where that is a share.';
comment on column api.national_price.has_multiple_procedure_discount is
  'Whether the amount is halved where another procedure of the same session is paid more (42 CFR 416.172(e)); null where CMS does not say.';
comment on column api.national_price.basis is 'Which amount it is.';
comment on column api.national_price.is_wage_adjusted is
  'Whether Medicare multiplies the amount by the wage index of the place: surgical centers, but for drugs and brachytherapy sources (api.asc_indicator_rule).';

create function api.national_prices(hcpcs text, on_date date)
returns table (schedule text, setting text, modifier text, amount numeric, unit text, basis text, is_wage_adjusted boolean, release text)
language sql stable as $$
  select n.schedule, n.setting, n.modifier, n.amount, n.unit,
         n.basis, n.is_wage_adjusted, c.release
    from api.national_price n
    join api.release_calendar c on c.table_name = n.table_name and c.period @> national_prices.on_date and c.is_known
   where n.hcpcs = national_prices.hcpcs and n.valid_during @> national_prices.on_date
$$;
comment on function api.national_prices(text, date) is
  'What the laboratory fee schedule, the payment limits of drugs and the ASC addenda say of a code on a day, with an amount or, as basis says, without. hcpcs: as CMS writes it. Grain: schedule and modifier.';

-- Grain: schedule, HCPCS code, modifiers and range in which the amount is the same. For pages: how a price changed.
create view api.price_history as
with priced as (
  select n.schedule, n.setting, n.hcpcs, n.modifier, n.amount as lowest, n.amount as highest, n.unit,
         n.basis || case when n.is_wage_adjusted then '; before the wage index of the place' else '' end as basis,
         lower(n.valid_during) as valid_from, upper(n.valid_during) - 1 as valid_to,
         (select min(lower(c.period)) - 1 from ops.calendar c
           where c.table_name = n.table_name and not c.is_known and c.period && n.valid_during) as known_to,
         (select p.release from api.release_period p
           where p.table_name = n.table_name and p.period @> lower(n.valid_during)) as release
    from api.national_price n
   where n.amount is not null
   union all
  select 'DMEPOS' as schedule, 'supplier' as setting, d.hcpcs, d.modifiers, d.lowest, d.highest, api.dmepos_unit(d.hcpcs, d.modifiers) as unit, d.basis, lower(d.period), upper(d.period) - 1,
         (select min(lower(c.period)) - 1 from ops.calendar c
           where c.table_name = 'dmepos' and not c.is_known and c.period && d.period),
         d.release
    from api.dmepos_range d
), numbered as (
  -- Ranges that follow each other with the same amount are one.
  select *, count(*) filter (where not continues) over (partition by schedule, setting, hcpcs, modifier order by valid_from) as number
    from (
      select *, coalesce(lowest = lag(lowest) over own and highest = lag(highest) over own and unit = lag(unit) over own
                         and lag(valid_to) over own = valid_from - 1, false) as continues
        from priced
      window own as (partition by schedule, setting, hcpcs, modifier order by valid_from)
    ) each
)
select schedule, setting, hcpcs, modifier, min(lowest) as lowest, min(highest) as highest, min(unit) as unit,
       (array_agg(basis order by valid_from desc))[1] as basis,
       min(valid_from) as valid_from,
       nullif(max(coalesce(valid_to, 'infinity')), 'infinity') as valid_to,
       (array_agg(known_to order by valid_from desc))[1] as known_to,
       (array_agg(release order by valid_from))[1] as release
  from numbered
 group by schedule, setting, hcpcs, modifier, number;
comment on view api.price_history is
  'What the schedules beside that of physicians paid for a code, nationally and in dollars, and since when. Grain: schedule, setting, HCPCS code, modifiers and range of days with the same amount. lowest and highest differ where the amount depends on the place.';
comment on column api.price_history.schedule is 'laboratory, drugs, DMEPOS or ASC.';
comment on column api.price_history.setting is 'laboratory, drug, supplier or ASC.';
comment on column api.price_history.modifier is
  'Modifiers that the amount is for, with a blank between them; empty text: none.';
comment on column api.price_history.lowest is 'Lowest amount of the nation for one unit, in dollars.';
comment on column api.price_history.highest is 'Highest amount of the nation for one unit, in dollars.';
comment on column api.price_history.unit is 'What the amount is for, as in api.price.';
comment on column api.price_history.basis is 'Which amount it is, as the last release of the range has it.';
comment on column api.price_history.release is 'Release that began the range; null where that one was retracted.';

-- Grain: schedule, setting, HCPCS code and modifiers. For the page of a code: what each schedule pays, the latest first.
create function api.schedule_prices(hcpcs text) returns jsonb
language sql stable as $$
  select jsonb_agg(history[1] || jsonb_build_object('meaning', case when s.schedule = 'DMEPOS' then api.dmepos_meaning(modifier) end,
                                                    'vouched_to', vouched.last_day, 'history', to_jsonb(history))
                   order by s.place, modifier)
    from api.price_schedule s
    join (
      select schedule, modifier, daterange(max(valid_from), (array_agg(valid_to order by valid_from desc))[1], '[]') as latest,
             array_agg(jsonb_build_object(
               'schedule', schedule, 'setting', setting, 'modifier', modifier, 'lowest', lowest::text, 'highest', highest::text,
               'unit', unit, 'basis', basis, 'valid_from', valid_from, 'valid_to', valid_to, 'known_to', known_to, 'release', release)
               order by valid_from desc) as history
        from api.price_history p
       where p.hcpcs = schedule_prices.hcpcs
       group by schedule, setting, modifier
    ) priced using (schedule)
   -- Later releases of the same amount may be loaded, and others between them not.
   cross join lateral (
     select case when bool_or(c.period * latest @> current_date) is not true then max(upper(c.period * latest)) - 1 end as last_day
       from api.release_calendar c
      where c.table_name = s.table_name and c.is_known and c.period && latest
   ) vouched
$$;
comment on function api.schedule_prices(text) is
  'What each schedule beside that of physicians pays for a code, as JSON: of each schedule and modifiers the latest amount, meaning, what the modifiers of a DMEPOS fee say in words, vouched_to, the last day on which a loaded release has it (null: today is one), and history, the ranges of days with one amount, the latest first. Null where none prices it.';

-- For the page of a code that none of them prices.
create function api.unpriced_because(hcpcs text) returns text
language sql stable as $$
  with listed as (
    (select distinct on (v.schedule, v.modifier) v.schedule, v.basis
       from api.national_price v
      where v.hcpcs = unpriced_because.hcpcs
      order by v.schedule, v.modifier, lower(v.valid_during) desc)
     union all
    (select 'DMEPOS', 'DMEPOS fee schedule: listed without a fee, the contractor prices it'
       from api.dmepos_fee f
      where f.hcpcs = unpriced_because.hcpcs
      limit 1)
  )
  select nullif(concat_ws('; ',
           (select string_agg(distinct basis, '; ') from listed),
           (select 'not listed in ' || string_agg(title, ', ' order by title) from api.price_schedule
             where is_loaded and schedule not in (select schedule from listed))), '')
$$;
comment on function api.unpriced_because(text) is
  'Why no schedule beside that of physicians sets an amount for a code: what those say that list it, and which of the loaded ones do not. Null where none is loaded.';
