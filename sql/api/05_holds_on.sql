-- For whole schedules of a day: `valid_during @> on_date` alone reads every version that there ever was.
create function api.holds_on(valid_during datemultirange, on_date date) returns boolean
language sql immutable parallel safe
return holds_on.valid_during @> holds_on.on_date
       and ops.ends(holds_on.valid_during) >= holds_on.on_date
       and ops.begins(holds_on.valid_during) <= holds_on.on_date;
comment on function api.holds_on(datemultirange, date) is
  'Whether a version holds on a day: valid_during @> on_date, by an index that passes over what had ended or not begun. Null where the day is null.';

-- For the schedules of a year, which no day stands for.
create function api.holds_in(valid_during datemultirange, year integer) returns boolean
language sql immutable parallel safe
return ops.holds_in(holds_in.valid_during, daterange(make_date(holds_in.year, 1, 1), make_date(holds_in.year + 1, 1, 1)));
comment on function api.holds_in(datemultirange, integer) is
  'Whether a version holds on a day of a year, by an index that passes over what had ended or not begun. Null where the year is null.';
