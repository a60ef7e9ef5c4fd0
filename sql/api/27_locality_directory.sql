-- Grain: MAC and locality, today. Key: mac, locality.
-- For who looks for a place: its names as GPCI and LOCCO give them, and its counties. LOCCO lists a
-- locality once for each carrier that serves it, GPCI once.
create view api.locality_directory as
select g.mac, g.locality, g.state as state_code, l.state, g.locality_name, l.fee_schedule_area, l.counties
  from api.gpci g
  left join (
    select mac, locality, min(state) as state,
           string_agg(distinct fee_schedule_area, '; ') as fee_schedule_area,
           string_agg(distinct counties, '; ') as counties
      from api.locality
     group by mac, locality
  ) l using (mac, locality);
comment on view api.locality_directory is
  'Payment localities of today with their names, state and counties (GPCI, LOCCO). Grain: MAC and locality.';
