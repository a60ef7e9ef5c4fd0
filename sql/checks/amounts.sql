-- severity: gate
-- Amounts in dollars that a schedule is about, against those of the day before: a column that moved or lost its decimals
-- changes many, a slip of CMS one by far. moved-amounts tells those that pass here.
with amount as materialized (select * from ops.changed_amounts())
select format('%s of %s times what it was', amount_column, dataset) as measure, round(max(times), 2) as figure, most_times as most,
       (array_agg(format('%s: %s dollars before, %s now', key, before, now) order by times desc, key))[1] as message
  from amount
 where most_times is not null
 group by dataset, amount_column, most_times
 union all
select format('%s of %s that at least doubled or halved, percent', amount_column, dataset),
       round(100.0 * count(*) filter (where times >= 2) / count(*), 2), most_doubled,
       format('%s of %s amounts at least doubled or halved, such as %s', count(*) filter (where times >= 2), count(*),
              (array_agg(format('%s: %s dollars before, %s now', key, before, now) order by times desc, key))[1])
  from amount
 group by dataset, amount_column, most_doubled
having count(*) >= 50
