-- Grain: rule and period. Key: rule, valid_from.
-- For readers who ask which rule of law an amount follows, and since when.
create view api.payment_rule as
select rule, value, document, note,
       lower(valid_during) as valid_from,
       upper(valid_during) - 1 as valid_to,
       valid_during
  from pfs.payment_rule;
comment on view api.payment_rule is
  'Rules of payment that no release file holds, each with the law, rule or manual that it follows. Grain: rule and period. Shares have no unit.';

-- Grain: status indicator and period. Key: status_indicator, valid_from.
-- For readers who ask why a code has an amount, or has none.
create view api.status_payment as
select status_indicator, pays_rvus, basis, basis_without_rvus, document,
       lower(valid_during) as valid_from,
       upper(valid_during) - 1 as valid_to,
       valid_during
  from pfs.status_payment;
comment on view api.status_payment is
  'What each status indicator means for payment (PPRRVU record layout, Attachment A). Grain: status indicator and period.';

-- The formula of the fee schedule, on numbers alone: what api.fee_schedule applies to every code.
create function api.fee(
  work_rvu numeric, pe_rvu numeric, mp_rvu numeric,
  work_gpci numeric, pe_gpci numeric, mp_gpci numeric,
  conversion_factor numeric
) returns numeric
language sql immutable as $$
  select round((work_rvu * work_gpci + pe_rvu * pe_gpci + mp_rvu * mp_gpci) * conversion_factor, 2)
$$;
comment on function api.fee(numeric, numeric, numeric, numeric, numeric, numeric, numeric) is
  'Fee in dollars: (work RVU x work GPCI + PE RVU x PE GPCI + MP RVU x MP GPCI) x conversion factor, exact, rounded once at the end, half up, to the cent. Null where a part is null. Follows 42 CFR 414.20(a) and the PPRRVU record layout.';

-- What Medicare pays in one setting: THE money function. Every amount of the physician fee schedule comes from it.
create function api.payable_amount(
  work_rvu numeric, pe_rvu numeric, mp_rvu numeric, pe_opps numeric, mp_opps numeric,
  work_gpci numeric, pe_gpci numeric, mp_gpci numeric,
  conversion_factor numeric, adjustment numeric
) returns numeric
language sql immutable as $$
  select least(round((work_rvu * work_gpci + pe_rvu * pe_gpci + mp_rvu * mp_gpci) * conversion_factor * adjustment, 2),
               api.fee(work_rvu, pe_opps, mp_opps, work_gpci, pe_gpci, mp_gpci, conversion_factor))
$$;
comment on function api.payable_amount(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) is
  'Payable amount of one setting, in dollars: api.fee, times the adjustment of the calculation flag, or the OPPS cap where that is lower; pe_opps and mp_opps are null where no cap applies. Each is exact and rounded once, half up, to the cent. Follows 42 CFR 414.20(a) and Social Security Act, section 1848(b)(4).';

create type api.payment_terms as (
  work_adjustor numeric, opps_cap boolean, non_participating_share numeric, limiting_charge_share numeric,
  adjustments jsonb
);
comment on type api.payment_terms is 'The rules of payment of one day (api.payment_rule), side by side.';

create function api.payment_terms_on(on_date date) returns setof api.payment_terms
language sql stable as $$
  select max(value) filter (where rule = 'work_adjustor'),
         bool_or(rule = 'opps_cap'),
         max(value) filter (where rule = 'non_participating_share'),
         max(value) filter (where rule = 'limiting_charge_share'),
         jsonb_object_agg(right(rule, 1), value) filter (where rule like 'calculation_flag_%')
    from api.payment_rule
   where valid_during @> payment_terms_on.on_date
$$;
comment on function api.payment_terms_on(date) is 'The rules of payment of one day (api.payment_rule). Grain: always one row.';
