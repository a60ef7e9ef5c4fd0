-- What the schedule of another day does to the same lines. Grain: HCPCS code and modifier, and one row in total. For practices.
create type api.payment_impact_row as (
  hcpcs text, modifiers text, lines bigint, lines_without_amount bigint, units numeric,
  from_amount numeric, to_amount numeric, change numeric,
  rvu_change numeric, gpci_change numeric, conversion_factor_change numeric
);
comment on type api.payment_impact_row is
  'What the same lines of claims are allowed by the schedules of two days, in dollars. rvu_change + gpci_change + conversion_factor_change = change, to the cent.';
comment on column api.payment_impact_row.hcpcs is 'HCPCS code; null in the row of the total.';
comment on column api.payment_impact_row.modifiers is 'Modifiers, as given; null in the row of the total.';
comment on column api.payment_impact_row.lines is 'Lines that both days price.';
comment on column api.payment_impact_row.lines_without_amount is 'Lines that one of the days does not price: no amount counts them.';
comment on column api.payment_impact_row.units is 'Units of the lines that both days price; null where there are none.';
comment on column api.payment_impact_row.from_amount is 'Allowed by the schedule of the first day, in dollars; null where no line is priced.';
comment on column api.payment_impact_row.to_amount is 'Allowed by the schedule of the second day, in dollars; null where no line is priced.';
comment on column api.payment_impact_row.change is 'to_amount less from_amount, in dollars; null where no line is priced.';
comment on column api.payment_impact_row.rvu_change is 'What the change of RVUs, indicators and rules did, in dollars; null where no line is priced.';
comment on column api.payment_impact_row.gpci_change is 'What the change of GPCIs then did, in dollars; null where no line is priced.';
comment on column api.payment_impact_row.conversion_factor_change is
  'What the change of the conversion factor then did, in dollars; null where no line is priced.';

-- The parts follow one another, as in api.payment_change. Every step prices all lines with all rules of claims, so that
-- the parts add up to the cent.
create function api.payment_impact(
  claims regclass, from_date date, to_date date, on_missing text default 'refuse'
) returns setof api.payment_impact_row
language sql stable as $$
  with
  a as (select source_row as n, hcpcs, modifiers, units, amount
          from api.price_claims_by(payment_impact.claims, from_date, from_date, from_date, false, payment_impact.on_missing, false)),
  b as (select source_row as n, amount
          from api.price_claims_by(payment_impact.claims, to_date, from_date, from_date, false, payment_impact.on_missing, false)),
  c as (select source_row as n, amount
          from api.price_claims_by(payment_impact.claims, to_date, to_date, from_date, false, payment_impact.on_missing, false)),
  d as (select source_row as n, amount
          from api.price_claims_by(payment_impact.claims, to_date, to_date, to_date, false, payment_impact.on_missing, false)),
  line as (
    select a.hcpcs, a.modifiers, a.units, a.amount as before, b.amount as by_rvus, c.amount as by_gpcis, d.amount as after,
           a.amount + b.amount + c.amount + d.amount is not null as is_priced
      from a join b using (n) join c using (n) join d using (n)
  )
  select hcpcs, modifiers, count(*) filter (where is_priced), count(*) filter (where not is_priced),
         sum(units) filter (where is_priced),
         sum(before) filter (where is_priced), sum(after) filter (where is_priced), sum(after - before) filter (where is_priced),
         sum(by_rvus - before) filter (where is_priced), sum(by_gpcis - by_rvus) filter (where is_priced), sum(after - by_gpcis) filter (where is_priced)
    from line
   group by grouping sets ((hcpcs, modifiers), ())
   order by grouping(hcpcs) desc, abs(sum(after - before) filter (where is_priced)) desc nulls last, hcpcs, modifiers
$$;
comment on function api.payment_impact(regclass, date, date, text) is
  'What the schedule of a second day does to the lines of a table of claims: their amounts (api.price_claims) as if all were of the first day, and of the second, and the change split into RVUs, then GPCIs, then the conversion factor, in dollars. Grain: HCPCS code and modifiers, the largest change first, after one row in total (hcpcs null).';
