-- What Medicare pays. Grain: HCPCS code, modifier, MAC, locality, day and qualifying_apm. For analysts and claim pricing.
create type api.payment_row as (
  hcpcs text, modifier text, mac text, locality text, on_date date, qualifying_apm boolean,
  status_indicator text, basis text,
  work_rvu numeric, adjusted_work_rvu numeric,
  non_facility_pe_rvu numeric, facility_pe_rvu numeric, mp_rvu numeric,
  non_facility_na_indicator text, facility_na_indicator text,
  work_gpci numeric, pe_gpci numeric, mp_gpci numeric, conversion_factor numeric, adjustment numeric,
  non_facility_fee numeric, facility_fee numeric,
  non_facility_pe_opps numeric, facility_pe_opps numeric, mp_opps numeric,
  non_facility_opps_amount numeric, facility_opps_amount numeric,
  non_facility_capped boolean, facility_capped boolean,
  non_facility_amount numeric, facility_amount numeric,
  non_facility_non_participating_amount numeric, facility_non_participating_amount numeric,
  non_facility_limiting_charge numeric, facility_limiting_charge numeric
);
comment on type api.payment_row is
  'What Medicare pays for one code and modifier in one locality on one day, in dollars, and the numbers that it comes from.';

create type api.priced_row as (
  payable boolean, adjusted_work_rvu numeric, adjustment numeric,
  non_facility_pe_opps numeric, facility_pe_opps numeric, mp_opps numeric,
  non_facility_fee numeric, facility_fee numeric,
  non_facility_opps_amount numeric, facility_opps_amount numeric,
  non_facility_amount numeric, facility_amount numeric
);
comment on type api.priced_row is
  'The amounts of one row of relative values, in dollars. payable: whether Medicare pays by its RVUs; the practice expense and malpractice RVUs of the OPPS cap are null where no cap applies.';

create type api.formula_row as (
  payable boolean, adjusted_work_rvu numeric, adjustment numeric,
  work numeric, non_facility_pe numeric, facility_pe numeric, mp numeric,
  non_facility_pe_opps numeric, facility_pe_opps numeric, mp_opps numeric
);
comment on type api.formula_row is
  'What api.payable_amount takes of one row of relative values, in RVUs. payable: whether Medicare pays by them; work is null where it does not, and the practice expense and malpractice RVUs of the OPPS cap where no cap applies.';

comment on column api.formula_row.work is 'Work RVUs that the formula takes; null where Medicare does not pay by RVUs.';
comment on column api.formula_row.non_facility_pe is 'Practice expense RVUs outside a facility.';
comment on column api.formula_row.facility_pe is 'Practice expense RVUs in a facility.';
comment on column api.formula_row.mp is 'Malpractice RVUs.';
comment on column api.formula_row.non_facility_pe_opps is 'Practice expense RVUs of the hospital outpatient amount, outside a facility; null where no cap applies.';
comment on column api.formula_row.facility_pe_opps is 'Practice expense RVUs of the hospital outpatient amount, in a facility; null where no cap applies.';
comment on column api.formula_row.mp_opps is 'Malpractice RVUs of the hospital outpatient amount; null where no cap applies.';

-- Grain: always one row. What of a row of relative values enters the formula on a day; PostgreSQL inlines it.
create function api.formula(r api.payment_rvu, pays_rvus boolean, terms api.payment_terms) returns setof api.formula_row
language sql stable as $$
  select p.payable, w.adjusted_work_rvu,
         coalesce(((formula.terms).adjustments ->> r.calculation_flag)::numeric, 1),
         case when p.payable then w.adjusted_work_rvu end,
         r.non_facility_pe_rvu, r.facility_pe_rvu, r.mp_rvu,
         case when p.capped then r.non_facility_pe_opps end,
         case when p.capped then r.facility_pe_opps end,
         case when p.capped then r.mp_opps end
    from (select formula.pays_rvus and r.has_rvus as payable,
                 formula.pays_rvus and r.has_rvus and r.has_opps_rvus and (formula.terms).opps_cap as capped) p
   cross join (select round(r.work_rvu * (formula.terms).work_adjustor, 2) as adjusted_work_rvu) w
  -- Keeps the planner from copying each part into every amount that is built on it.
  offset 0
$$;
comment on function api.formula(api.payment_rvu, boolean, api.payment_terms) is
  'What of one row of relative values enters api.payable_amount by the rules of a day, in RVUs. Grain: always one row.';

-- Grain: always one row. Whatever prices a row of relative values prices it here; PostgreSQL inlines it.
create function api.priced(
  r api.payment_rvu, pays_rvus boolean, terms api.payment_terms,
  work_gpci numeric, pe_gpci numeric, mp_gpci numeric, conversion_factor numeric
) returns setof api.priced_row
language sql stable as $$
  select x.payable, x.adjusted_work_rvu, x.adjustment,
         x.non_facility_pe_opps, x.facility_pe_opps, x.mp_opps,
         api.payable_amount(x.work, x.non_facility_pe, x.mp, null, null, priced.work_gpci, priced.pe_gpci, priced.mp_gpci, priced.conversion_factor, x.adjustment),
         api.payable_amount(x.work, x.facility_pe, x.mp, null, null, priced.work_gpci, priced.pe_gpci, priced.mp_gpci, priced.conversion_factor, x.adjustment),
         api.fee(x.work, x.non_facility_pe_opps, x.mp_opps, priced.work_gpci, priced.pe_gpci, priced.mp_gpci, priced.conversion_factor),
         api.fee(x.work, x.facility_pe_opps, x.mp_opps, priced.work_gpci, priced.pe_gpci, priced.mp_gpci, priced.conversion_factor),
         api.payable_amount(x.work, x.non_facility_pe, x.mp, x.non_facility_pe_opps, x.mp_opps, priced.work_gpci, priced.pe_gpci, priced.mp_gpci, priced.conversion_factor, x.adjustment),
         api.payable_amount(x.work, x.facility_pe, x.mp, x.facility_pe_opps, x.mp_opps, priced.work_gpci, priced.pe_gpci, priced.mp_gpci, priced.conversion_factor, x.adjustment)
    from api.formula(r, priced.pays_rvus, priced.terms) x
$$;
comment on function api.priced(api.payment_rvu, boolean, api.payment_terms, numeric, numeric, numeric, numeric) is
  'The amounts of one row of relative values by given GPCIs and conversion factor, in dollars; null where Medicare does not pay by its RVUs. Grain: always one row.';

-- Grain: HCPCS code and modifier, in one locality on one day. Key: hcpcs, modifier.
-- For readers of the whole schedule of a place. PostgreSQL inlines it, so a condition on hcpcs reaches the index.
create function api.fee_schedule(
  mac text, locality text, on_date date, qualifying_apm boolean default false, on_missing text default 'refuse'
) returns setof api.payment_row
language sql stable as $$
  select r.hcpcs, r.modifier, place.mac, place.locality, fee_schedule.on_date, fee_schedule.qualifying_apm,
         r.status_indicator,
         coalesce(
           day.refusal,
           case when amount.payable and g.mac is null then 'no such locality on this day'
                when amount.payable and f.conversion_factor is null then 'no conversion factor on this day'
                when s.pays_rvus and not r.has_rvus then s.basis_without_rvus
                else s.basis
           end || day.note || case when amount.payable then day.amount_note else '' end
         ),
         r.work_rvu, amount.adjusted_work_rvu, r.non_facility_pe_rvu, r.facility_pe_rvu, r.mp_rvu,
         r.non_facility_na_indicator, r.facility_na_indicator,
         g.work_gpci, g.pe_gpci, g.mp_gpci, f.conversion_factor, amount.adjustment,
         amount.non_facility_fee, amount.facility_fee,
         amount.non_facility_pe_opps, amount.facility_pe_opps, amount.mp_opps,
         amount.non_facility_opps_amount, amount.facility_opps_amount,
         amount.non_facility_amount < amount.non_facility_fee, amount.facility_amount < amount.facility_fee,
         amount.non_facility_amount, amount.facility_amount,
         charge.non_facility_non_participating, charge.facility_non_participating,
         round(charge.non_facility_non_participating * (terms.t).limiting_charge_share, 2),
         round(charge.facility_non_participating * (terms.t).limiting_charge_share, 2)
    from api.payment_rvu r
   cross join (select api.clean_mac(fee_schedule.mac) as mac, api.clean_locality(fee_schedule.locality) as locality) place
   cross join api.payment_day(fee_schedule.on_date, fee_schedule.on_missing, fee_schedule.mac) day
   cross join (select t from api.payment_terms_on(fee_schedule.on_date) t) terms
    left join api.status_payment s
           on s.status_indicator = r.status_indicator and s.valid_during @> fee_schedule.on_date
    left join api.payment_gpci g
           on g.mac = place.mac and g.locality = place.locality
          and g.valid_during @> fee_schedule.on_date and day.refusal is null
    left join api.payment_conversion_factor f
           on f.qualifying_apm = fee_schedule.qualifying_apm and f.valid_during @> fee_schedule.on_date
   cross join lateral api.priced(r, s.pays_rvus, terms.t, g.work_gpci, g.pe_gpci, g.mp_gpci, f.conversion_factor) amount
   cross join lateral (
      select round(amount.non_facility_amount * (terms.t).non_participating_share, 2) as non_facility_non_participating,
             round(amount.facility_amount * (terms.t).non_participating_share, 2) as facility_non_participating
      offset 0
   ) charge
   where api.holds_on(r.valid_during, fee_schedule.on_date)
$$;
comment on function api.fee_schedule(text, text, date, boolean, text) is
  'What Medicare pays for every code in one locality on one day, in dollars. Amounts are null where Medicare sets none, and where the release that governs the day is not loaded; basis says why. on_missing => ''latest'' prices such days by the latest known release, which basis then names. MAC 00000 with locality 00 gives national amounts. A MAC and a locality may lack their leading zeros. Formula: 42 CFR 414.20(a); conversion factor by qualifying APM status from 2026: Social Security Act, section 1848(d)(1)(A), never the other one where it is absent; OPPS cap: section 1848(b)(4); limiting charge: 42 CFR 414.48(b), of the nonparticipating amount rounded to the cent; see api.payment_rule. Grain: HCPCS code and modifier.';
