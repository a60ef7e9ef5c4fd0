-- Grain: always one row, so that a join from claims loses no line.
create function api.payment(
  hcpcs text, modifier text, mac text, locality text, on_date date,
  qualifying_apm boolean default false, on_missing text default 'refuse'
) returns setof api.payment_row
language sql stable as $$
  select coalesce(input.hcpcs, payment.hcpcs), coalesce(f.modifier, input.modifier, payment.modifier),
         coalesce(input.mac, payment.mac), coalesce(input.locality, payment.locality),
         payment.on_date, payment.qualifying_apm,
         f.status_indicator,
         case
           when payment.hcpcs is null then 'no code'
           when input.hcpcs is null then format('%L is not a HCPCS code', payment.hcpcs)
           when input.modifier_fault is not null then input.modifier_fault
           when f.hcpcs is null then coalesce(
             (select day.refusal from api.payment_day(payment.on_date, payment.on_missing, payment.mac) day),
             api.rejection('rvu', jsonb_build_object('hcpcs', input.hcpcs, 'modifier', input.modifier), payment.on_date),
             case when exists (select from api.payment_rvu r where r.hcpcs = input.hcpcs and r.valid_during @> payment.on_date)
                  then format('the schedule of this day has %s without modifier %s', input.hcpcs, input.modifier) end,
             'not in the schedule of this day')
           when f.basis like 'no such locality on this day%' then coalesce(
             api.rejection('gpci', jsonb_build_object('mac', input.mac, 'locality', input.locality), payment.on_date), f.basis)
           else f.basis || coalesce(' (before modifier ' || input.unpriced || ')', '') || coalesce(' (unknown modifier ' || input.unknown || ')', '')
         end,
         f.work_rvu, f.adjusted_work_rvu, f.non_facility_pe_rvu, f.facility_pe_rvu, f.mp_rvu,
         f.non_facility_na_indicator, f.facility_na_indicator,
         f.work_gpci, f.pe_gpci, f.mp_gpci, f.conversion_factor, f.adjustment,
         f.non_facility_fee, f.facility_fee,
         f.non_facility_pe_opps, f.facility_pe_opps, f.mp_opps,
         f.non_facility_opps_amount, f.facility_opps_amount,
         f.non_facility_capped, f.facility_capped,
         f.non_facility_amount, f.facility_amount,
         f.non_facility_non_participating_amount, f.facility_non_participating_amount,
         f.non_facility_limiting_charge, f.facility_limiting_charge
    from (
      select api.clean_hcpcs(payment.hcpcs) as hcpcs,
             api.schedule_modifier(payment.modifier) as modifier,
             api.modifier_fault(payment.modifier) as modifier_fault,
             api.unpriced_modifiers(payment.modifier) as unpriced,
             -- Few questions have more than one of the rows that a schedule has.
             case when payment.modifier !~ '^\s*(26|TC|53)?\s*$' then api.unknown_modifiers(api.clean_hcpcs(payment.hcpcs), payment.modifier) end as unknown,
             api.clean_mac(payment.mac) as mac,
             api.clean_locality(payment.locality) as locality
      offset 0
    ) input
    left join lateral (
      select * from api.fee_schedule(input.mac, input.locality, payment.on_date, payment.qualifying_apm, payment.on_missing) s
       where s.hcpcs = input.hcpcs and s.modifier = input.modifier and input.modifier_fault is null
    ) f on true
$$;
comment on function api.payment(text, text, text, text, date, boolean, text) is
  'What Medicare pays for one code in one locality on one day, in dollars: its row of api.fee_schedule. Accepts a code, MAC and locality as people have them (api.clean_hcpcs and others), and all modifiers of a claim line (''26 LT'', ''26,LT''): 26, TC and 53 choose the row, basis names those that change the payment and are not priced here, and those that nobody knows. Grain: always one row; where the schedule of that day has no such code and modifier, amounts are null and basis says so.';

-- What Medicare pays at a ZIP code. Grain: HCPCS code, modifier, ZIP code, day and qualifying_apm. For claim pricing.
create type api.payment_by_zip_row as (
  hcpcs text, modifier text, zip text, plus_four_required boolean, mac text, locality text,
  on_date date, qualifying_apm boolean,
  status_indicator text, basis text, conversion_factor numeric,
  non_facility_capped boolean, facility_capped boolean,
  non_facility_amount numeric, facility_amount numeric,
  non_facility_non_participating_amount numeric, facility_non_participating_amount numeric,
  non_facility_limiting_charge numeric, facility_limiting_charge numeric,
  zip_release text
);
comment on type api.payment_by_zip_row is
  'What Medicare pays for one code and modifier at one ZIP code on one day, in dollars.';

-- Grain: always one row. For claims, which carry the ZIP code of the place of service.
create function api.payment_by_zip(
  hcpcs text, modifier text, zip text, on_date date,
  qualifying_apm boolean default false, on_missing text default 'refuse'
) returns setof api.payment_by_zip_row
language sql stable as $$
  select p.hcpcs, p.modifier, coalesce(input.zip, payment_by_zip.zip), z.plus_four_flag = '1', z.mac, z.locality,
         p.on_date, p.qualifying_apm, p.status_indicator,
         case when z.zip is null and p.basis like 'no such locality on this day%' then
                case when payment_by_zip.zip is null then 'no ZIP code'
                     when input.zip is null then format('%L is not a ZIP code', payment_by_zip.zip)
                     when file.release is null then 'no ZIP code file governs this day'
                     else format('no such ZIP code on this day (%s)', file.release) end
              else p.basis end,
         p.conversion_factor, p.non_facility_capped, p.facility_capped,
         p.non_facility_amount, p.facility_amount,
         p.non_facility_non_participating_amount, p.facility_non_participating_amount,
         p.non_facility_limiting_charge, p.facility_limiting_charge,
         file.release
    from (select api.clean_zip(payment_by_zip.zip) as zip offset 0) input
    left join api.release_period file on file.table_name = 'zip5' and file.period @> payment_by_zip.on_date
    left join api.payment_zip z on z.zip = input.zip and z.valid_during @> payment_by_zip.on_date
   cross join lateral api.payment(payment_by_zip.hcpcs, payment_by_zip.modifier, z.mac, z.locality,
                                  payment_by_zip.on_date, payment_by_zip.qualifying_apm, payment_by_zip.on_missing) p
$$;
comment on function api.payment_by_zip(text, text, text, date, boolean, text) is
  'What Medicare pays for one code at one ZIP code on one day, in dollars: api.payment in the locality of CMS''s ZIP5 file, of the release that zip_release names. Of nine digits the first five count; plus_four_required says that the ZIP code spans localities, so that only CMS''s nine-digit file decides. Grain: always one row.';
comment on column api.payment_by_zip_row.zip_release is
  'ZIP code file that gave the locality: the latest loaded one of that day; null where none governs it.';
