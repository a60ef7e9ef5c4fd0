-- Grain: table of the physician fee schedule and period. Key: table_name, valid_from.
-- For readers who ask up to which day what they see is known.
create view api.release_calendar as
select table_name, release, governs_from, missing_release, is_known, period,
       lower(period) as valid_from,
       upper(period) - 1 as valid_to
  from ops.calendar;
comment on view api.release_calendar is
  'Which loaded release governs the days of each table of the physician fee schedule, and whether it is the one that governs them at CMS. Grain: table and period, from its first loaded release on.';
comment on column api.release_calendar.release is 'Loaded release whose values are the latest known.';
comment on column api.release_calendar.governs_from is 'First day on which that release governs the table.';
comment on column api.release_calendar.is_known is 'Whether that release governs these days at CMS too.';
comment on column api.release_calendar.missing_release is
  'Release that governs them at CMS and is not loaded; null where is_known, and where the catalog ends: the quarter then names it.';

-- Why nothing is known of a day; null where something is.
create function api.not_loaded(is_known boolean, missing_release text, on_date date) returns text
language sql immutable as $$
  select case
    when is_known then null
    when is_known is null then 'no loaded release governs this day'
    else coalesce(missing_release,
                  format('RVU%s%s', to_char(on_date, 'YY'), substr('ABCD', extract(quarter from on_date)::integer, 1)))
         || ', which governs this day, is not loaded'
  end
$$;
comment on function api.not_loaded(boolean, text, date) is
  'Says which release of the physician fee schedule governs a day and is not loaded, from a row of api.release_calendar; null where it is loaded.';
