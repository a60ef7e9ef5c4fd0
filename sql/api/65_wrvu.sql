-- Work RVUs. Grain: HCPCS code, modifier and day. For physician productivity.
create type api.wrvu_row as (
  hcpcs text, modifier text, on_date date,
  status_indicator text, not_used_for_medicare_payment text, work_rvu numeric, basis text
);
comment on type api.wrvu_row is 'Work RVUs of one code and modifier on one day.';

-- Grain: always one row, so that a join from claims loses no line.
-- For physician productivity, which counts published work RVUs, whether or not Medicare pays by them.
create function api.wrvu(hcpcs text, modifier text, on_date date, on_missing text default 'refuse')
returns setof api.wrvu_row
language sql stable as $$
  select coalesce(input.hcpcs, wrvu.hcpcs), coalesce(r.modifier, input.modifier, wrvu.modifier), wrvu.on_date,
         r.status_indicator, r.not_used_for_medicare_payment,
         case when r.has_rvus and day.refusal is null then r.work_rvu end,
         case
           when wrvu.hcpcs is null then 'no code'
           when input.hcpcs is null then format('%L is not a HCPCS code', wrvu.hcpcs)
           when input.modifier_fault is not null then input.modifier_fault
           when day.refusal is not null then day.refusal
           when r.hcpcs is null then coalesce(
             api.rejection('rvu', jsonb_build_object('hcpcs', input.hcpcs, 'modifier', input.modifier), wrvu.on_date),
             'not in the schedule of this day')
           when not r.has_rvus then 'no RVUs'
           else 'as published'
         end || day.note
    from (
      select api.clean_hcpcs(wrvu.hcpcs) as hcpcs,
             api.schedule_modifier(wrvu.modifier) as modifier,
             api.modifier_fault(wrvu.modifier) as modifier_fault
      offset 0
    ) input
   cross join api.payment_day(wrvu.on_date, wrvu.on_missing, '00000') day
    left join api.payment_rvu r
           on r.hcpcs = input.hcpcs and r.modifier = input.modifier and r.valid_during @> wrvu.on_date
          and input.modifier_fault is null
$$;
comment on function api.wrvu(text, text, date, text) is
  'Work RVUs (PPRRVU) of one code on one day, as published: without the work adjustor of 2007 and 2008. Null where the code has no RVUs at all, and where basis says what is wrong; 0.00 where it has RVUs, but no work (the technical part of a test). Accepts codes and modifiers as api.payment does. Grain: always one row. docs/wrvu.md totals them for claims.';
