-- The numbers that payment needs, a row for each version with all its days: unlike the *_versions views,
-- they look up no release, so that pricing a whole schedule reads each version once.

-- Grain: HCPCS code, modifier and version. For api.fee_schedule.
create view api.payment_rvu as
select hcpcs, modifier, status_indicator, not_used_for_medicare_payment,
       work_rvu, non_facility_pe_rvu, facility_pe_rvu, mp_rvu,
       non_facility_total_rvu > 0 or facility_total_rvu > 0 as has_rvus,
       non_facility_na_indicator, facility_na_indicator, calculation_flag,
       non_facility_pe_opps, facility_pe_opps, mp_opps,
       non_facility_pe_opps > 0 or facility_pe_opps > 0 or mp_opps > 0 as has_opps_rvus,
       valid_during,
       global_days, preoperative_share, intraoperative_share, postoperative_share,
       pctc_indicator, multiple_procedure_indicator, bilateral_surgery_indicator, assistant_at_surgery_indicator,
       co_surgeons_indicator, team_surgery_indicator, endoscopic_base
  from pfs.rvu;
comment on view api.payment_rvu is
  'What payment needs of the relative values (PPRRVU), in RVUs. Grain: HCPCS code, modifier and version.';

-- Grain: MAC, locality and version. For api.fee_schedule.
-- CMS's look-up shows national amounts under locality 0000000: every GPCI is 1.
create view api.payment_gpci as
select mac, locality, work_gpci, pe_gpci, mp_gpci, valid_during
  from pfs.gpci
 union all
select '00000', '00', 1.000, 1.000, 1.000, '{(,)}'::datemultirange;
comment on view api.payment_gpci is
  'Geographic practice cost indices (Addendum E), floors of law included, and MAC 00000, locality 00 for national amounts: 1.000 each. Grain: MAC, locality and version.';

-- Grain: qualifying_apm and version. For api.fee_schedule.
create view api.payment_conversion_factor as
select qualifying_apm, conversion_factor, valid_during
  from pfs.conversion_factor;
comment on view api.payment_conversion_factor is
  'Conversion factors (PPRRVU), in dollars per RVU; two from 2026 (Social Security Act, section 1848(d)(1)(A)). Grain: qualifying_apm and version.';

-- Grain: MAC, locality, qualifying_apm and version. For api.anesthesia_payment.
-- Every row of the file repeats the national factor, so that one stands for all of a version.
create view api.payment_anesthesia_cf as
select mac, locality, qualifying_apm, conversion_factor, valid_during
  from pfs.anesthesia_cf
 union all
select '00000', '00', qualifying_apm, national_conversion_factor, range_agg(valid_during)
  from pfs.anesthesia_cf
 where national_conversion_factor is not null
 group by qualifying_apm, national_conversion_factor;
comment on view api.payment_anesthesia_cf is
  'Anesthesia conversion factors (ANES), in dollars per unit, and the national one as MAC 00000, locality 00. Grain: MAC, locality, qualifying_apm and version.';

-- Grain: ZIP code and version. For api.payment_by_zip.
create view api.payment_zip as
select zip, mac, locality, plus_four_flag, valid_during
  from zip.zip5;
comment on view api.payment_zip is
  'What payment needs of the ZIP code file (ZIP5). Grain: ZIP code and version.';
