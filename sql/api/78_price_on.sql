-- One question, one answer: what does Medicare pay for this? The schedules side by side.

create type api.price as (
  schedule text, setting text, hcpcs text, modifier text, on_date date,
  amount numeric, unit text, depends_on text, basis text, release text
);
comment on type api.price is 'What one schedule pays for a code in one setting on one day, in dollars.';
comment on column api.price.schedule is
  'physician, laboratory, drugs, DMEPOS or ASC; null where no schedule has an amount.';
comment on column api.price.setting is
  'non-facility or facility (the practitioner''s fee), laboratory, supplier, drug, or ASC (the surgical center''s own payment, beside the practitioner''s); null where no schedule has an amount.';
comment on column api.price.modifier is
  'Modifiers that the amount is for, with a blank between them; empty text: none.';
comment on column api.price.amount is
  'Dollars for one unit: the amount that Medicare allows, of which it pays its share after the deductible. Null where basis says why.';
comment on column api.price.unit is
  'What the amount is for: service, test, item, month of rental, day of rental, six months of maintenance, billing unit, or the dosage of the drug; null without an amount.';
comment on column api.price.depends_on is
  'What the amount depends on: the payment locality, state and rural or not, former bidding area, or nothing (national).';
comment on column api.price.basis is 'Which amount it is and why, or why there is none.';
comment on column api.price.release is 'Release that the amount comes from; null where none does.';

-- Each schedule by a statement of its own, which a session plans when it first asks that schedule: planning takes ten times
-- what asking does.
-- Grain: schedule, setting and modifiers that have an amount; one row that says why where none has. At least one row.
create function api.price_on(
  hcpcs text, modifier text, zip text, on_date date, qualifying_apm boolean default false
) returns setof api.price
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  code constant text := coalesce(api.clean_hcpcs(price_on.hcpcs), price_on.hcpcs);
  asked constant text[] := api.modifiers(price_on.modifier);
  fault constant text := coalesce(
    case when price_on.on_date is null then 'no date of service' end,
    api.modifier_fault(price_on.modifier),
    -- A claim with such a modifier is returned; an amount for it would be a guess.
    'unknown modifier ' || api.unknown_modifiers(code, price_on.modifier) ||
      ': neither CPT nor a loaded HCPCS Level II file has it (api.known_modifier); correct it, or load the file that has it');
  center record;
  status text;
  pays_rvus boolean;
  unpaid text;
  physician api.payment_by_zip_row;
  supplier api.dmepos_payment_row;
  answer api.price;
  is_priced boolean := false;
  reasons text[] := '{}';
begin
  if fault is not null then
    return query
    select null::text, null::text, code, array_to_string(asked, ' '), price_on.on_date, null::numeric, null::text, null::text, fault, null::text;
    return;
  end if;

  select r.status_indicator, t.pays_rvus
    into status, pays_rvus
    from api.payment_rvu r
    left join api.status_payment t on t.status_indicator = r.status_indicator and t.valid_during @> price_on.on_date
   where r.hcpcs = code and r.modifier = api.schedule_modifier(price_on.modifier) and r.valid_during @> price_on.on_date;

  if pays_rvus then
    select * into physician
      from api.payment_by_zip(price_on.hcpcs, price_on.modifier, price_on.zip, price_on.on_date, price_on.qualifying_apm);
    -- An amount, or what would be one at a place that nobody knows.
    return query
    select 'physician', s.setting, code, physician.modifier, price_on.on_date, s.amount,
           case when s.amount is not null then 'service' end, 'locality ' || physician.mac || '-' || physician.locality,
           'physician fee schedule: ' || physician.basis,
           (select c.release from api.release_calendar c where c.table_name = 'rvu' and c.period @> price_on.on_date)
      from (values ('non-facility', physician.non_facility_amount), ('facility', physician.facility_amount)) s (setting, amount)
     where s.amount is not null or physician.mac is null;
    is_priced := found;
  end if;
  unpaid := case when status is not null and physician.non_facility_amount is null
                 then format('; the physician schedule lists the code with status %s and sets no amount', status) else '' end;

  select coalesce(api.product(r.share), 1) as share,
         coalesce(bool_or(r.treatment = 'does not apply'), false) as is_left_out,
         bool_or(r.treatment = 'not priced') as is_unpriced,
         coalesce(max(r.device_share), 0) as device_share,
         string_agg(r.modifier, ' ' order by r.modifier) as modifiers,
         coalesce(string_agg(format('; modifier %s: %s', r.modifier, r.note), '' order by r.modifier), '') as rules
    into center
    from api.asc_modifier_rule r
   where r.modifier = any (asked) and r.valid_during @> price_on.on_date;

  for answer in
    with listed as materialized (
      select * from api.national_prices(code, price_on.on_date)
    )
    select n.schedule, n.setting, code, n.modifier, price_on.on_date, n.amount, n.unit,
           case when n.is_wage_adjusted then 'nothing: national, before a wage index' else 'nothing: national' end, n.basis, n.release
      from listed n
     where n.modifier = case when n.schedule = 'laboratory' and 'QW' = any (asked)
                              and exists (select from listed where modifier = 'QW')
                             then 'QW' else '' end
  loop
    if answer.amount is null then
      reasons := reasons || answer.basis;
      continue;
    elsif answer.schedule = 'ASC' and center.is_left_out then
      reasons := reasons || (answer.basis || center.rules);
      continue;
    elsif answer.schedule <> 'ASC' and asked && array['26', 'TC', '53'] then
      reasons := reasons || (answer.basis || '; a part of a service (26, TC, 53) is the physician schedule''s alone');
      continue;
    end if;
    is_priced := true;
    if answer.schedule <> 'ASC' then
      answer.basis := answer.basis || unpaid;
    elsif center.rules <> '' then
      answer.modifier := center.modifiers;
      if center.device_share > 0 and exists (select from api.asc_procedure_on(price_on.on_date) p where p.hcpcs = code and p.payment_indicator = 'J8') then
        answer.amount := answer.amount - center.device_share * (
          select o.device_offset_amount from api.asc_device_offset_on(price_on.on_date) o
            join api.release_calendar c on c.table_name = 'asc_device_offset' and c.period @> price_on.on_date and c.is_known
           where o.hcpcs = code);
        if answer.amount is null then
          answer.basis := answer.basis || '; the device offset of this day (addendum FF) is not loaded';
        end if;
      end if;
      answer.amount := case when not center.is_unpriced then round(answer.amount * center.share, 2) end;
      answer.unit := case when answer.amount is not null then answer.unit end;
      answer.basis := answer.basis || center.rules;
    end if;
    return next answer;
  end loop;

  if exists (select from api.dmepos_fee f where f.hcpcs = code and f.valid_during @> price_on.on_date)
     or api.rejection('dmepos', jsonb_build_object('hcpcs', code), price_on.on_date) is not null then
    for supplier in
      select * from api.dmepos_payment(price_on.hcpcs, price_on.modifier, price_on.zip, price_on.on_date)
    loop
      if supplier.amount is null and supplier.state is not null then
        reasons := reasons || ('DMEPOS fee schedule: ' || supplier.basis);
        continue;
      end if;
      is_priced := true;
      answer := row('DMEPOS', 'supplier', code, supplier.modifier, price_on.on_date, supplier.amount,
                    case when supplier.amount is not null then api.dmepos_unit(code, supplier.modifier) end,
                    concat_ws(', ', supplier.state, case when supplier.is_rural then 'rural' when not supplier.is_rural then 'not rural' end,
                              'former bidding area ' || supplier.former_bidding_area),
                    'DMEPOS fee schedule: ' || coalesce(api.dmepos_meaning(supplier.modifier) || ': ', '') || supplier.basis || unpaid, supplier.release);
      return next answer;
    end loop;
  end if;

  if is_priced then
    -- What others pay is not the whole answer where a schedule lists the code and its release of this day is not loaded.
    return query
    select s.schedule, listed.setting, code, '', price_on.on_date, null::numeric, null::text, null::text,
           format('%s; other releases list the code',
                  case when c.missing_release is null then 'no loaded release of ' || s.title || ' governs this day'
                       else api.not_loaded(c.is_known, c.missing_release, price_on.on_date) end),
           null::text
      from (select distinct n.schedule, n.setting
              from api.national_price n
             where n.hcpcs = code and n.amount is not null
               and case n.schedule when 'ASC' then not center.is_left_out else not asked && array['26', 'TC', '53'] end
             union all
            select 'DMEPOS', 'supplier' where exists (select from api.dmepos_fee f where f.hcpcs = code and f.fee is not null)) listed
      join api.price_schedule s using (schedule)
      left join api.release_calendar c on c.table_name = s.table_name and c.period @> price_on.on_date
     where c.is_known is not true;
    return;
  end if;
  if pays_rvus is not true then
    select * into physician
      from api.payment_by_zip(price_on.hcpcs, price_on.modifier, price_on.zip, price_on.on_date, price_on.qualifying_apm);
  end if;
  return query
  select null::text, null::text, code, array_to_string(asked, ' '), price_on.on_date, null::numeric, null::text, null::text,
         (select string_agg(distinct reason, '; ') from unnest(reasons || ('physician fee schedule: ' || physician.basis)) reason) ||
           case when reasons <> '{}' or bool_and(s.is_absent) then ''
                when bool_or(s.is_absent) then '; no other schedule that is loaded for this day lists it'
                else '; no other schedule lists it' end ||
           -- Schedules that might list the code and that nobody can ask about this day.
           coalesce('; not loaded for this day, so that they cannot be ruled out: ' || string_agg(s.title, ', ' order by s.title) filter (where s.is_absent), ''),
         null::text
    from (select p.title, not exists (select from api.release_calendar c
                                       where c.table_name = p.table_name and c.period @> price_on.on_date and c.is_known) as is_absent
            from api.price_schedule p) s;
end
$$;
comment on function api.price_on(text, text, text, date, boolean) is
  'What Medicare pays for a code at a ZIP code on a day, by every schedule that has an amount: the physician fee schedule, laboratory fees, payment limits of drugs, DMEPOS, and ASC rates. Accepts a code, modifiers and ZIP code as people have them. DMEPOS: without a modifier each combination of modifiers that has a fee. Grain: schedule, setting and modifiers; where a schedule would pay and the place is not known, its release of the day is not loaded, or a surgical center''s rate under a modifier is not priced, and where no schedule has an amount, a row without one says why. A modifier that nobody knows has no amount.';

create type api.price_range as (
  schedule text, setting text, hcpcs text, modifier text, amount numeric, lowest numeric, highest numeric,
  unit text, basis text, release text
);
comment on type api.price_range is 'What one schedule pays for a code in one setting in the nation, in dollars.';
comment on column api.price_range.schedule is 'physician, laboratory, drugs, DMEPOS or ASC.';
comment on column api.price_range.setting is 'As in api.price.';
comment on column api.price_range.modifier is 'Modifiers that the amount is for, with a blank between them; empty text: none.';
comment on column api.price_range.amount is 'Dollars for one unit; null where it differs by place.';
comment on column api.price_range.lowest is 'Lowest amount of the nation, in dollars; of physicians the one with every GPCI at 1.000.';
comment on column api.price_range.highest is 'Highest amount of the nation, in dollars; of physicians the one with every GPCI at 1.000.';
comment on column api.price_range.unit is 'What the amount is for, as in api.price.';
comment on column api.price_range.basis is 'Which amount it is.';
comment on column api.price_range.release is 'Release that the amount comes from.';

-- Grain: schedule, setting and modifiers. For readers without a place: physician fees with every GPCI at 1.000, DMEPOS as the range of its fees.
create function api.price_national(hcpcs text, on_date date, qualifying_apm boolean default false)
returns setof api.price_range
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  -- A value, so that the index of each table finds it.
  code constant text := coalesce(api.clean_hcpcs(price_national.hcpcs), price_national.hcpcs);
begin
  return query
  select f.schedule, f.setting, code, f.modifier, f.amount, f.lowest, f.highest, f.unit, f.basis, f.release
    from (
      select 'physician' as schedule, s.setting, p.modifier, s.amount, s.amount as lowest, s.amount as highest, 'service' as unit,
             'physician fee schedule, every GPCI 1.000: ' || p.basis as basis,
             (select c.release from api.release_calendar c where c.table_name = 'rvu' and c.period @> price_national.on_date) as release
        from api.payment_rvu r
       cross join lateral api.payment(code, r.modifier, '00000', '00', price_national.on_date, price_national.qualifying_apm) p
       cross join lateral (values ('non-facility', p.non_facility_amount), ('facility', p.facility_amount)) s (setting, amount)
       where r.hcpcs = code and r.valid_during @> price_national.on_date
       union all
      select n.schedule, n.setting, n.modifier, n.amount, n.amount, n.amount, n.unit,
             n.basis || case when n.is_wage_adjusted then '; before the wage index of the place' else '' end, n.release
        from api.national_prices(code, price_national.on_date) n
       union all
      select 'DMEPOS', 'supplier', d.modifiers, case when d.lowest = d.highest then d.lowest end, d.lowest, d.highest,
             api.dmepos_unit(d.hcpcs, d.modifiers), d.basis, c.release
        from api.dmepos_range d
        join api.release_calendar c on c.table_name = 'dmepos' and c.period @> price_national.on_date and c.is_known
       where d.hcpcs = code and d.period @> price_national.on_date
    ) f
    left join api.price_schedule s on s.schedule = f.schedule
   where f.lowest is not null
   order by s.place nulls first, f.modifier, f.setting desc;
end
$$;
comment on function api.price_national(text, date, boolean) is
  'What Medicare pays for a code on a day, nationally, by every schedule that has an amount, in dollars. amount: null where it differs by place; lowest and highest then say between what. Grain: schedule, setting and modifiers. Empty where no schedule has an amount: api.price_on says why.';
