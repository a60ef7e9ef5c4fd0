-- What Medicare pays. Grain: HCPCS code, modifier, MAC, locality, day and qualifying_apm. For analysts and claim pricing.
create type api.payment_row as (
  hcpcs text, modifier text, mac text, locality text, on_date date, qualifying_apm boolean,
  status_indicator text, basis text,
  work_rvu numeric, adjusted_work_rvu numeric,
  non_facility_pe_rvu numeric, facility_pe_rvu numeric, mp_rvu numeric,
  non_facility_na_indicator text, facility_na_indicator text,
  work_gpci numeric, pe_gpci numeric, mp_gpci numeric, conversion_factor numeric,
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

-- Grain: HCPCS code and modifier, in one locality on one day. Key: hcpcs, modifier.
-- For who needs the whole schedule of a place. PostgreSQL inlines it, so a condition on hcpcs reaches the index.
create function api.fee_schedule(mac text, locality text, on_date date, qualifying_apm boolean default false)
returns setof api.payment_row
language sql stable as $$
  select r.hcpcs, r.modifier, fee_schedule.mac, fee_schedule.locality, fee_schedule.on_date, fee_schedule.qualifying_apm,
         r.status_indicator,
         case when fee.payable and g.mac is null then 'no such locality on this day'
              when fee.payable and f.conversion_factor is null then 'no conversion factor on this day'
              when s.pays_rvus and not r.has_rvus then s.basis_without_rvus
              else s.basis
         end,
         r.work_rvu, fee.adjusted_work_rvu, r.non_facility_pe_rvu, r.facility_pe_rvu, r.mp_rvu,
         r.non_facility_na_indicator, r.facility_na_indicator,
         g.work_gpci, g.pe_gpci, g.mp_gpci, f.conversion_factor,
         fee.non_facility, fee.facility,
         case when fee.capped then r.non_facility_pe_opps end,
         case when fee.capped then r.facility_pe_opps end,
         case when fee.capped then r.mp_opps end,
         fee.non_facility_opps, fee.facility_opps,
         amount.non_facility < fee.non_facility, amount.facility < fee.facility,
         amount.non_facility, amount.facility,
         round(amount.non_facility * rule.non_participating_share, 2),
         round(amount.facility * rule.non_participating_share, 2),
         round(amount.non_facility * rule.non_participating_share * rule.limiting_charge_share, 2),
         round(amount.facility * rule.non_participating_share * rule.limiting_charge_share, 2)
    from api.payment_rvu r
    left join api.status_payment s
           on s.status_indicator = r.status_indicator and s.valid_during @> fee_schedule.on_date
    left join api.payment_gpci g
           on g.mac = fee_schedule.mac and g.locality = fee_schedule.locality
          and g.valid_during @> fee_schedule.on_date
    left join api.payment_conversion_factor f
           on f.qualifying_apm = fee_schedule.qualifying_apm and f.valid_during @> fee_schedule.on_date
   cross join lateral (
      select max(value) filter (where rule = 'work_adjustor') as work_adjustor,
             max(value) filter (where rule = 'non_participating_share') as non_participating_share,
             max(value) filter (where rule = 'limiting_charge_share') as limiting_charge_share,
             bool_or(rule = 'opps_cap') as opps_cap
        from api.payment_rule
       where valid_during @> fee_schedule.on_date
   ) rule
   cross join lateral (
      select payable, capped, adjusted_work_rvu,
             case when payable then api.fee(adjusted_work_rvu, r.non_facility_pe_rvu, r.mp_rvu,
                                            g.work_gpci, g.pe_gpci, g.mp_gpci, f.conversion_factor) end as non_facility,
             case when payable then api.fee(adjusted_work_rvu, r.facility_pe_rvu, r.mp_rvu,
                                            g.work_gpci, g.pe_gpci, g.mp_gpci, f.conversion_factor) end as facility,
             case when capped then api.fee(adjusted_work_rvu, r.non_facility_pe_opps, r.mp_opps,
                                           g.work_gpci, g.pe_gpci, g.mp_gpci, f.conversion_factor) end as non_facility_opps,
             case when capped then api.fee(adjusted_work_rvu, r.facility_pe_opps, r.mp_opps,
                                           g.work_gpci, g.pe_gpci, g.mp_gpci, f.conversion_factor) end as facility_opps
        from (
          select s.pays_rvus and r.has_rvus as payable,
                 s.pays_rvus and r.has_rvus and r.has_opps_rvus and rule.opps_cap as capped,
                 round(r.work_rvu * rule.work_adjustor, 2) as adjusted_work_rvu
        ) x
      -- Keeps the planner from copying each fee into every column that is built on it.
      offset 0
   ) fee
   cross join lateral (
      select least(fee.non_facility, fee.non_facility_opps) as non_facility,
             least(fee.facility, fee.facility_opps) as facility
   ) amount
   where r.valid_during @> fee_schedule.on_date
$$;

comment on function api.fee_schedule(text, text, date, boolean) is
  'What Medicare pays for every code in one locality on one day, in dollars. Amounts are null where Medicare sets none; basis says why. MAC 00000 with locality 00 gives national amounts. Formula: 42 CFR 414.20(a); conversion factor by qualifying APM status from 2026: Social Security Act, section 1848(d)(1)(A), never the other one where it is absent; OPPS cap: section 1848(b)(4); see api.payment_rule. Grain: HCPCS code and modifier.';

-- Grain: one row, or none where the schedule of that day has no such code and modifier.
create function api.payment(hcpcs text, modifier text, mac text, locality text, on_date date, qualifying_apm boolean default false)
returns setof api.payment_row
language sql stable as $$
  select *
    from api.fee_schedule(payment.mac, payment.locality, payment.on_date, payment.qualifying_apm) f
   where f.hcpcs = payment.hcpcs
     and f.modifier = coalesce(payment.modifier, '')
$$;
comment on function api.payment(text, text, text, text, date, boolean) is
  'What Medicare pays for one code in one locality on one day, in dollars: one row of api.fee_schedule. A modifier of null means none. No row where the schedule of that day has no such code and modifier.';
