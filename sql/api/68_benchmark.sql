-- Grain: year, HCPCS code, state or the nation, setting. Key: year, hcpcs, state_code, setting.
-- For who compares claims of one's own with what Medicare saw. A condition on hcpcs reaches the index.
create view api.benchmark as
select extract(year from p.valid_from)::int as year,
       u.hcpcs, u.state_code, u.state, u.setting, u.is_drug,
       u.providers, u.patients, u.services, u.patient_days,
       u.average_submitted_charge, u.average_allowed_amount, u.average_payment, u.average_standardized_payment,
       round(u.services * u.average_allowed_amount, 2) as allowed_amount,
       p.release
  from api.release_period p
  join mup_phy.utilization u on u.valid_during @> p.valid_from
 where p.table_name = 'utilization';
comment on view api.benchmark is
  'How often Part B services were rendered in Original Medicare, what was charged, and what was allowed and paid, by year (CMS, Medicare Physician & Other Practitioners by Geography and Service). Grain: year that is loaded, HCPCS code, state or the nation, and setting. CMS leaves out what fewer than eleven patients had: sums over states fall short of the nation.';
comment on column api.benchmark.year is 'Calendar year of the services.';
comment on column api.benchmark.state_code is 'FIPS code of the state or territory, or CMS''s two characters for what is none; empty text: the nation.';
comment on column api.benchmark.state is 'Name of the state; National for the nation.';
comment on column api.benchmark.setting is 'facility or non_facility: where the service took place, as the claim says.';
comment on column api.benchmark.is_drug is 'Whether the code is on Medicare''s list of Part B drugs.';
comment on column api.benchmark.providers is 'Providers who rendered the service.';
comment on column api.benchmark.patients is 'Patients who had the service; no sum over rows counts each of them once.';
comment on column api.benchmark.services is 'Services, in the units of the code.';
comment on column api.benchmark.patient_days is 'Services, counting one for each patient and day.';
comment on column api.benchmark.average_submitted_charge is 'Charge that the provider submitted for a service, in dollars, on average.';
comment on column api.benchmark.average_allowed_amount is 'Amount that Medicare allowed for a service, in dollars, on average: what Medicare pays, and what the patient or a third party does.';
comment on column api.benchmark.average_payment is 'Amount that Medicare paid for a service, in dollars, on average, after deductible and coinsurance.';
comment on column api.benchmark.average_standardized_payment is 'Amount that Medicare paid for a service, in dollars, on average, with geographic differences taken out.';
comment on column api.benchmark.allowed_amount is 'services times average_allowed_amount, in dollars, rounded to cents.';
comment on column api.benchmark.release is 'Release that holds the data of the year.';

-- Grain: HCPCS code in the latest year that is loaded. Key: hcpcs.
-- For who weighs codes by what they cost.
create view api.national_use as
select year, hcpcs, sum(services) as services, sum(allowed_amount) as allowed_amount
  from api.benchmark
 where state_code = '' and year = (select extract(year from max(valid_from)) from api.release_period where table_name = 'utilization')
 group by year, hcpcs;
comment on view api.national_use is
  'What Medicare allowed in the nation for each code, both settings together, in the latest year that is loaded. Grain: HCPCS code.';
comment on column api.national_use.year is 'Calendar year of the services.';
comment on column api.national_use.services is 'Services, in the units of the code.';
comment on column api.national_use.allowed_amount is 'Allowed by Medicare for all of them, in dollars.';
