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

-- What a release seems to have changed may have begun before it, where releases before it are not loaded.
create function api.gap_before(table_name text, day date) returns text
language sql stable as $$
  select case count(*)
    when 0 then null
    when 1 then format('%s, in force from %s, is not loaded: changes may have begun then', min(gap.release), to_char(min(gap.first), 'FMMonth FMDD, YYYY'))
    else format('%s to %s (%s releases, in force from %s on) are not loaded: changes may have begun in their time',
                (array_agg(gap.release order by gap.first))[1], (array_agg(gap.release order by gap.first desc))[1], count(*),
                to_char(min(gap.first), 'FMMonth FMDD, YYYY'))
  end
    from (
      select coalesce(c.missing_release, 'a release') as release, c.valid_from as first
        from api.release_calendar until_then
        join api.release_calendar c on c.table_name = until_then.table_name and c.governs_from = until_then.governs_from
       where until_then.table_name = gap_before.table_name and until_then.valid_to = gap_before.day - 1
         and not until_then.is_known and not c.is_known and c.valid_from < gap_before.day
    ) gap
$$;
comment on function api.gap_before(text, date) is
  'Which releases of a table are known and not loaded that end on the day before, in a sentence: what the release of the day seems to have changed may have begun in their time. Null where none is missing.';
