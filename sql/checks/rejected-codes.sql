-- severity: gate
-- needs: stage_rejected
-- A row that is rejected is not one that CMS deleted: what was there before would vanish.
select format('rejected rows of %s that were there before', r.table_name) as measure, count(*) as figure, 0 as most,
       string_agg(format('%s was there before: its %s', array_to_string(array(select value from jsonb_each_text(r.key) where value <> ''), '/'),
                         ops.told_rejection(r.file, r.line, r.issues)), '; ') as message
  from stage_rejected r
  join ops.predecessor() p using (table_name)
 where ops.holds(r.schema_name, r.table_name, r.key, p.last_day)
 group by r.table_name
