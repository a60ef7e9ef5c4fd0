-- Grain: HCPCS code, modifier and range.
-- For who follows values through time. Relative values (PPRRVU), in RVUs.
create view api.rvu_versions as
select hcpcs, modifier, description, status_indicator, not_used_for_medicare_payment,
       work_rvu, non_facility_pe_rvu, non_facility_na_indicator, facility_pe_rvu, facility_na_indicator,
       mp_rvu, non_facility_total_rvu, facility_total_rvu, pctc_indicator, global_days,
       preoperative_share, intraoperative_share, postoperative_share, multiple_procedure_indicator,
       bilateral_surgery_indicator, assistant_at_surgery_indicator, co_surgeons_indicator,
       team_surgery_indicator, endoscopic_base, physician_supervision, calculation_flag, imaging_family,
       non_facility_pe_opps, facility_pe_opps, mp_opps,
       fully_implemented_non_facility_pe_rvu, fully_implemented_non_facility_na_indicator,
       fully_implemented_facility_pe_rvu, fully_implemented_facility_na_indicator,
       fully_implemented_non_facility_total_rvu, fully_implemented_facility_total_rvu,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from pfs.rvu v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'rvu' and p.valid_from = lower(r);
comment on view api.rvu_versions is
  'Relative values (PPRRVU), in RVUs. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifier and range. first_release: the one that began the range; valid_during: all days of the version. fully_implemented_*: until 2013, what CMS would pay after the transition between two methods of practice expense; null since.';

-- Grain: HCPCS code, modifier, on one day.
create function api.rvu_on(on_date date) returns setof api.rvu_versions
language sql stable as $$
  select *
    from api.rvu_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.rvu_on(date) is
  'Relative values (PPRRVU), in RVUs. What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.rvu as
select * from api.rvu_on(current_date);
comment on view api.rvu is 'Relative values (PPRRVU), in RVUs. What holds today.';

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.rvu_known as
select hcpcs, modifier, description, status_indicator, not_used_for_medicare_payment,
       work_rvu, non_facility_pe_rvu, non_facility_na_indicator, facility_pe_rvu, facility_na_indicator,
       mp_rvu, non_facility_total_rvu, facility_total_rvu, pctc_indicator, global_days,
       preoperative_share, intraoperative_share, postoperative_share, multiple_procedure_indicator,
       bilateral_surgery_indicator, assistant_at_surgery_indicator, co_surgeons_indicator,
       team_surgery_indicator, endoscopic_base, physician_supervision, calculation_flag, imaging_family,
       non_facility_pe_opps, facility_pe_opps, mp_opps,
       fully_implemented_non_facility_pe_rvu, fully_implemented_non_facility_na_indicator,
       fully_implemented_facility_pe_rvu, fully_implemented_facility_na_indicator,
       fully_implemented_non_facility_total_rvu, fully_implemented_facility_total_rvu,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from pfs.rvu
 union all
select hcpcs, modifier, description, status_indicator, not_used_for_medicare_payment,
       work_rvu, non_facility_pe_rvu, non_facility_na_indicator, facility_pe_rvu, facility_na_indicator,
       mp_rvu, non_facility_total_rvu, facility_total_rvu, pctc_indicator, global_days,
       preoperative_share, intraoperative_share, postoperative_share, multiple_procedure_indicator,
       bilateral_surgery_indicator, assistant_at_surgery_indicator, co_surgeons_indicator,
       team_surgery_indicator, endoscopic_base, physician_supervision, calculation_flag, imaging_family,
       non_facility_pe_opps, facility_pe_opps, mp_opps,
       fully_implemented_non_facility_pe_rvu, fully_implemented_non_facility_na_indicator,
       fully_implemented_facility_pe_rvu, fully_implemented_facility_na_indicator,
       fully_implemented_non_facility_total_rvu, fully_implemented_facility_total_rvu,
       content_hash, valid_during, known_during
  from pfs.rvu_history;
comment on view api.rvu_known is
  'Relative values (PPRRVU), in RVUs. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.rvu_as_known(on_date date, known_at timestamptz) returns setof api.rvu_known
language sql stable as $$
  select * from api.rvu_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.rvu_as_known(date, timestamptz) is
  'Relative values (PPRRVU), in RVUs. What this database, at a time, held to be true on a day.';
