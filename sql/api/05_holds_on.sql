-- For whole schedules of a day: `valid_during @> on_date` alone reads every version that there ever was.
create function api.holds_on(valid_during datemultirange, on_date date) returns boolean
language sql immutable parallel safe
return holds_on.valid_during @> holds_on.on_date
       and ops.ends(holds_on.valid_during) >= holds_on.on_date
       and ops.begins(holds_on.valid_during) <= holds_on.on_date;
comment on function api.holds_on(datemultirange, date) is
  'Whether a version holds on a day: valid_during @> on_date, by an index that passes over what had ended or not begun. Null where the day is null.';
