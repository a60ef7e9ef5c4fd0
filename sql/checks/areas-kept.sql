-- severity: gate
-- A state or area that a file had a column for: without it, all codes would lose their fees there.
select format('areas of %s that are gone', dataset) as measure, count(*) as figure, 0 as most,
       format('%s has no column for %s, where %s had', dataset, string_agg(area, '; ' order by area), release) as message
  from ops.lost_areas()
 group by dataset, release
