-- Grain: code or modifier and range.
-- For who follows values through time. HCPCS Level II codes and modifiers (ANWEB).
create view api.hcpcs_versions as
select hcpcs, kind, long_description, short_description, pricing_indicators, multiple_pricing_indicator,
       coverage_issues_references, carriers_manual_references, statute, lab_certifications,
       cross_references, coverage_indicator, asc_group, asc_group_effective_on, mog_group,
       mog_payment_indicator, mog_group_effective_on, processing_note, betos, types_of_service,
       anesthesia_base_units, added_on, action_effective_on, terminated_on, action_code,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from hcpcs.hcpcs v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'hcpcs' and p.valid_from = lower(r);
comment on view api.hcpcs_versions is
  'HCPCS Level II codes and modifiers (ANWEB). Every version and each range of days on which CMS said so. Grain: code or modifier and range. first_release: the one that began the range; valid_during: all days of the version.';

-- Grain: code or modifier, on one day.
create function api.hcpcs_on(on_date date) returns setof api.hcpcs_versions
language sql stable as $$
  select *
    from api.hcpcs_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.hcpcs_on(date) is
  'HCPCS Level II codes and modifiers (ANWEB). What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.hcpcs as
select * from api.hcpcs_on(current_date);
comment on view api.hcpcs is 'HCPCS Level II codes and modifiers (ANWEB). What holds today.';

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.hcpcs_known as
select hcpcs, kind, long_description, short_description, pricing_indicators, multiple_pricing_indicator,
       coverage_issues_references, carriers_manual_references, statute, lab_certifications,
       cross_references, coverage_indicator, asc_group, asc_group_effective_on, mog_group,
       mog_payment_indicator, mog_group_effective_on, processing_note, betos, types_of_service,
       anesthesia_base_units, added_on, action_effective_on, terminated_on, action_code,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from hcpcs.hcpcs
 union all
select hcpcs, kind, long_description, short_description, pricing_indicators, multiple_pricing_indicator,
       coverage_issues_references, carriers_manual_references, statute, lab_certifications,
       cross_references, coverage_indicator, asc_group, asc_group_effective_on, mog_group,
       mog_payment_indicator, mog_group_effective_on, processing_note, betos, types_of_service,
       anesthesia_base_units, added_on, action_effective_on, terminated_on, action_code,
       content_hash, valid_during, known_during
  from hcpcs.hcpcs_history;
comment on view api.hcpcs_known is
  'HCPCS Level II codes and modifiers (ANWEB). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.hcpcs_as_known(on_date date, known_at timestamptz) returns setof api.hcpcs_known
language sql stable as $$
  select * from api.hcpcs_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.hcpcs_as_known(date, timestamptz) is
  'HCPCS Level II codes and modifiers (ANWEB). What this database, at a time, held to be true on a day.';
