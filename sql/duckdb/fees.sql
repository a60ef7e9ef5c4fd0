-- DuckDB: views over an export (docs/laptop.md), and macros that answer what schema api answers. The folder is the
-- variable fees; where it is not set, fees/current.
set variable fees = coalesce(getvariable('fees'), 'fees/current');

create or replace temp view rate as from read_parquet(getvariable('fees') || '/rate/*/*/*.parquet', hive_partitioning = true);
create or replace temp view rvu as from read_parquet(getvariable('fees') || '/pfs/rvu/*.parquet');
create or replace temp view asp as from read_parquet(getvariable('fees') || '/asp/asp/*.parquet');
create or replace temp view zip_locality as from read_parquet(getvariable('fees') || '/zip_locality/*.parquet');
create or replace temp view release_calendar as from read_parquet(getvariable('fees') || '/release_calendar/*.parquet');
create or replace temp view payment_terms_day as from read_parquet(getvariable('fees') || '/rules/payment_terms_day/*.parquet');
create or replace temp view place_of_service as from read_parquet(getvariable('fees') || '/rules/place_of_service/*.parquet');
create or replace temp view modifier_rule as from read_parquet(getvariable('fees') || '/rules/modifier_rule/*.parquet');
create or replace temp view known_modifier as from read_parquet(getvariable('fees') || '/rules/known_modifier/*.parquet');
create or replace temp view computed_tomography as from read_parquet(getvariable('fees') || '/rules/computed_tomography/*.parquet');
create or replace temp view multiple_procedure_rule as from read_parquet(getvariable('fees') || '/rules/multiple_procedure_rule/*.parquet');
create or replace temp view practitioner_rule as from read_parquet(getvariable('fees') || '/rules/practitioner_rule/*.parquet');
create or replace temp view anesthesia_modifier_rule as from read_parquet(getvariable('fees') || '/rules/anesthesia_modifier_rule/*.parquet');
create or replace temp view anesthesia_base_units as from read_parquet(getvariable('fees') || '/rules/anesthesia_base_units/*.parquet');
create or replace temp view coinsurance_rule as from read_parquet(getvariable('fees') || '/rules/coinsurance_rule/*.parquet');
create or replace temp view schedule_rule as from read_parquet(getvariable('fees') || '/rules/schedule_rule/*.parquet');
create or replace temp view payment_rule as from read_parquet(getvariable('fees') || '/rules/payment_rule/*.parquet');
create or replace temp view status_payment as from read_parquet(getvariable('fees') || '/rules/status_payment/*.parquet');
create or replace temp view dmepos_rural_zip as from read_parquet(getvariable('fees') || '/dmepos/dmepos_rural_zip/*.parquet');
create or replace temp view dmepos_former_cba_zip as from read_parquet(getvariable('fees') || '/dmepos/dmepos_former_cba_zip/*.parquet');

-- What the physician fee schedule pays for one code in one locality on one day: api.payment. code and modifier as CMS
-- writes them. Grain: one row; none where the schedule has no amount.
create or replace temp macro payment(code, of_modifier, in_mac, in_locality, day, apm := false) as table
select hcpcs, modifier, in_mac as mac, in_locality as locality, day as on_date, apm as qualifying_apm,
       max(amount) filter (where setting = 'non_facility') as non_facility_amount,
       max(amount) filter (where setting = 'facility') as facility_amount, max(basis) as basis
  from rate
 where schedule = 'physician' and year = year(day::date) and hcpcs = code and modifier = of_modifier
   and geography = in_mac || '-' || in_locality and qualifying_apm = apm and day::date between valid_from and valid_to
 group by hcpcs, modifier;

-- What Medicare pays for a code at a ZIP code on a day, by every schedule that has an amount: api.price_on. of_modifier:
-- one that CMS has a row for, empty text for none; of DMEPOS all combinations of modifiers. Grain: schedule, setting and modifiers.
create or replace temp macro price_on(code, of_modifier, at_zip, day, apm := false) as table
with place as (
  select 'locality' as kind, geography as name, 0 as rank from zip_locality where zip = at_zip and day::date between valid_from and coalesce(valid_to, '9999-12-31')
   union all select 'national', '', 1
   union all select 'former bidding area', area, 2 from dmepos_former_cba_zip where zip = at_zip and day::date between valid_from and coalesce(valid_to, '9999-12-31')
   union all
  (select coalesce(r.kind, 'state'), z.state, 3
     from (select state, 1 as file from dmepos_former_cba_zip where zip = at_zip and day::date between valid_from and coalesce(valid_to, '9999-12-31')
            union all select state, 2 from dmepos_rural_zip where zip = at_zip and day::date between valid_from and coalesce(valid_to, '9999-12-31')
            union all select case when state in ('EM', 'WM') then 'MO' when state in ('EK', 'WK') then 'KS' else state end, 3
                        from zip_locality where zip = at_zip and day::date between valid_from and coalesce(valid_to, '9999-12-31')) z
     left join (select 'rural' as kind from dmepos_rural_zip where zip = at_zip and day::date between valid_from and coalesce(valid_to, '9999-12-31')) r on true
    order by z.file
    limit 1)
), found as (
  select r.*, p.rank
    from rate r
    join place p on p.kind = r.geography_kind and p.name = r.geography
   where r.hcpcs = code and r.year = year(day::date) and day::date between r.valid_from and r.valid_to
     and (r.qualifying_apm is null or r.qualifying_apm = apm)
     and case when r.schedule = 'physician' then r.modifier = of_modifier
              when r.schedule = 'DMEPOS' then of_modifier in ('', r.modifier)
              -- A part of a service (26, TC, 53) is the physician schedule's alone.
              when of_modifier in ('26', 'TC', '53') then false
              when r.schedule = 'laboratory' then r.modifier = case when of_modifier = 'QW' then 'QW' else '' end
              else true end
)
select schedule, setting, hcpcs, modifier, amount, unit, geography_kind, geography, basis
  from found
qualify row_number() over (partition by schedule, setting, modifier order by rank) = 1
 order by schedule, setting, modifier;
