-- Grain: rule and period. Key: rule, valid_from.
-- For who asks which rule of law an amount follows, and since when.
create view api.payment_rule as
select rule, value, document, note,
       lower(valid_during) as valid_from,
       upper(valid_during) - 1 as valid_to,
       valid_during
  from pfs.payment_rule;
comment on view api.payment_rule is
  'Rules of payment that no release file holds, each with the law, rule or manual that it follows. Grain: rule and period. Shares have no unit.';

-- Grain: status indicator and period. Key: status_indicator, valid_from.
-- For who asks why a code has an amount, or has none.
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
