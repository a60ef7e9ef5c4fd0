-- Work RVUs. Grain: HCPCS code, modifier and day. For physician productivity.
create type api.wrvu_row as (
  hcpcs text, modifier text, on_date date,
  status_indicator text, not_used_for_medicare_payment text, work_rvu numeric
);
comment on type api.wrvu_row is 'Work RVUs of one code and modifier on one day.';

-- Grain: one row, or none where the schedule of that day has no such code and modifier.
-- For physician productivity, which counts published work RVUs, whether or not Medicare pays by them.
create function api.wrvu(hcpcs text, modifier text, on_date date)
returns setof api.wrvu_row
language sql stable as $$
  select r.hcpcs, r.modifier, wrvu.on_date, r.status_indicator, r.not_used_for_medicare_payment,
         case when r.has_rvus then r.work_rvu end
    from api.payment_rvu r
   where r.hcpcs = wrvu.hcpcs
     and r.modifier = coalesce(wrvu.modifier, '')
     and r.valid_during @> wrvu.on_date
$$;
comment on function api.wrvu(text, text, date) is
  'Work RVUs (PPRRVU) of one code on one day, as published: without the work adjustor of 2007 and 2008. Null where the code has no RVUs at all; 0.00 where it has, but no work (the technical part of a test). No row where the schedule of that day has no such code and modifier. docs/wrvu.md totals them for claims.';
