-- Some codes in every locality, on some days. Asking api.fee_schedule of each locality finds the rules of the day, and the
-- code, a hundred times.
create type api.known_payment_row as (
  hcpcs text, modifier text, mac text, locality text, on_date date, status_indicator text,
  work_rvu numeric, non_facility_pe_rvu numeric, facility_pe_rvu numeric, mp_rvu numeric,
  work_gpci numeric, pe_gpci numeric, mp_gpci numeric, conversion_factor numeric,
  non_facility_amount numeric, facility_amount numeric,
  non_facility_limiting_charge numeric, facility_limiting_charge numeric
);
comment on type api.known_payment_row is
  'What Medicare pays for one code and modifier in one locality on one day by the latest known release, in dollars.';

-- Grain: HCPCS code, modifier, MAC, locality and day. PostgreSQL inlines it, so a condition on the MAC reaches its index.
create function api.known_payments(hcpcs text[], on_date date[]) returns setof api.known_payment_row
language sql stable as $$
  with day as materialized (
    select d.day, t as terms, f.conversion_factor, known.refusal is null as is_known
      from (select distinct day from unnest(known_payments.on_date) day) d
     cross join lateral api.payment_terms_on(d.day) t
     cross join lateral api.payment_day(d.day, 'latest', '00000') known
      left join api.payment_conversion_factor f on not f.qualifying_apm and f.valid_during @> d.day
  )
  select r.hcpcs, r.modifier, g.mac, g.locality, d.day, r.status_indicator,
         r.work_rvu, r.non_facility_pe_rvu, r.facility_pe_rvu, r.mp_rvu,
         g.work_gpci, g.pe_gpci, g.mp_gpci, d.conversion_factor,
         amount.non_facility_amount, amount.facility_amount,
         round(round(amount.non_facility_amount * (d.terms).non_participating_share, 2) * (d.terms).limiting_charge_share, 2),
         round(round(amount.facility_amount * (d.terms).non_participating_share, 2) * (d.terms).limiting_charge_share, 2)
    from day d
    join api.payment_rvu r on r.hcpcs = any (known_payments.hcpcs) and r.valid_during @> d.day
    left join api.status_payment s on s.status_indicator = r.status_indicator and s.valid_during @> d.day
    join api.payment_gpci g on g.valid_during @> d.day and d.is_known
   cross join lateral api.priced(r, s.pays_rvus, d.terms, g.work_gpci, g.pe_gpci, g.mp_gpci, d.conversion_factor) amount
$$;
comment on function api.known_payments(text[], date[]) is
  'What Medicare pays for some codes on some days in each locality, and as MAC 00000, locality 00 in the nation, in dollars: what api.fee_schedule gives there with on_missing => ''latest'', by the conversion factor of those who are no qualifying APM participants. Codes as CMS writes them. Amounts are null where Medicare sets none. Grain: HCPCS code, modifier, MAC, locality and day.';
