-- Why a payment changed. Grain: HCPCS code, modifier, MAC, locality, two days and setting. For analysts.
create type api.payment_change_row as (
  hcpcs text, modifier text, mac text, locality text, qualifying_apm boolean, setting text,
  from_date date, to_date date, from_basis text, to_basis text,
  from_amount numeric, to_amount numeric, change numeric,
  rvu_change numeric, gpci_change numeric, conversion_factor_change numeric
);
comment on type api.payment_change_row is
  'Why an amount changed between two days, in dollars. rvu_change + gpci_change + conversion_factor_change = change, to the cent.';

-- Grain: setting (non_facility, facility). Key: setting.
-- For analysts who explain a change of payment. The parts follow one another: first the RVUs of the second day
-- at the first day's prices, then its GPCIs, then its conversion factor. Each step is rounded to the cent
-- as Medicare would, so that the parts add up exactly.
create function api.payment_change(
  hcpcs text, modifier text, mac text, locality text, from_date date, to_date date,
  qualifying_apm boolean default false, on_missing text default 'refuse'
) returns setof api.payment_change_row
language sql stable as $$
  select a.hcpcs, a.modifier, a.mac, a.locality, payment_change.qualifying_apm, s.setting,
         payment_change.from_date, payment_change.to_date, a.basis, b.basis,
         s.from_amount, s.to_amount, s.to_amount - s.from_amount,
         step.rvus - s.from_amount, step.gpcis - step.rvus, s.to_amount - step.gpcis
    from api.payment(payment_change.hcpcs, payment_change.modifier, payment_change.mac,
                          payment_change.locality, payment_change.from_date, payment_change.qualifying_apm, payment_change.on_missing) a
   cross join api.payment(payment_change.hcpcs, payment_change.modifier, payment_change.mac,
                          payment_change.locality, payment_change.to_date, payment_change.qualifying_apm, payment_change.on_missing) b
   cross join lateral (
      values ('non_facility', a.non_facility_amount, b.non_facility_amount, b.non_facility_pe_rvu, b.non_facility_pe_opps),
             ('facility', a.facility_amount, b.facility_amount, b.facility_pe_rvu, b.facility_pe_opps)
   ) s (setting, from_amount, to_amount, pe_rvu, pe_opps)
   cross join lateral (
      select case when s.from_amount + s.to_amount is not null then
               api.payable_amount(b.adjusted_work_rvu, s.pe_rvu, b.mp_rvu, s.pe_opps, b.mp_opps,
                                  a.work_gpci, a.pe_gpci, a.mp_gpci, a.conversion_factor, b.adjustment) end as rvus,
             case when s.from_amount + s.to_amount is not null then
               api.payable_amount(b.adjusted_work_rvu, s.pe_rvu, b.mp_rvu, s.pe_opps, b.mp_opps,
                                  b.work_gpci, b.pe_gpci, b.mp_gpci, a.conversion_factor, b.adjustment) end as gpcis
      offset 0
   ) step
$$;
comment on function api.payment_change(text, text, text, text, date, date, boolean, text) is
  'Splits the change of a payable amount between two days into what the RVUs, then the GPCIs, then the conversion factor did, in dollars; the parts add up exactly. Parts are null where either day has no amount; from_basis and to_basis say why. Grain: setting (non_facility, facility).';
