-- What Medicare pays at a ZIP code. Grain: HCPCS code, modifier, ZIP code, day and qualifying_apm. For claim pricing.
create type api.payment_by_zip_row as (
  hcpcs text, modifier text, zip text, plus_four_required boolean, mac text, locality text,
  on_date date, qualifying_apm boolean,
  status_indicator text, basis text, conversion_factor numeric,
  non_facility_capped boolean, facility_capped boolean,
  non_facility_amount numeric, facility_amount numeric,
  non_facility_non_participating_amount numeric, facility_non_participating_amount numeric,
  non_facility_limiting_charge numeric, facility_limiting_charge numeric
);
comment on type api.payment_by_zip_row is
  'What Medicare pays for one code and modifier at one ZIP code on one day, in dollars.';

-- Grain: one row, or none where the schedule of that day has no such code and modifier.
-- For claims, which carry the ZIP code of the place of service.
create function api.payment_by_zip(hcpcs text, modifier text, zip text, on_date date, qualifying_apm boolean default false)
returns setof api.payment_by_zip_row
language sql stable as $$
  select p.hcpcs, p.modifier, left(payment_by_zip.zip, 5), z.plus_four_flag = '1', z.mac, z.locality,
         p.on_date, p.qualifying_apm, p.status_indicator,
         case when z.zip is null and p.basis = 'no such locality on this day' then 'no such ZIP code on this day'
              else p.basis end,
         p.conversion_factor, p.non_facility_capped, p.facility_capped,
         p.non_facility_amount, p.facility_amount,
         p.non_facility_non_participating_amount, p.facility_non_participating_amount,
         p.non_facility_limiting_charge, p.facility_limiting_charge
    from (select) one
    left join api.payment_zip z
           on z.zip = left(payment_by_zip.zip, 5) and z.valid_during @> payment_by_zip.on_date
   cross join lateral api.payment(payment_by_zip.hcpcs, payment_by_zip.modifier, z.mac, z.locality,
                                  payment_by_zip.on_date, payment_by_zip.qualifying_apm) p
$$;
comment on function api.payment_by_zip(text, text, text, date, boolean) is
  'What Medicare pays for one code at one ZIP code on one day, in dollars: api.payment in the locality of CMS''s ZIP5 file. Of a ZIP+4, the first five digits count; plus_four_required says that the ZIP code spans localities, so that only CMS''s nine-digit file decides. No row where the schedule of that day has no such code and modifier.';
