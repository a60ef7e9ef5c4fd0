-- severity: gate
-- needs: stage_witness
-- The other format of the same file, in the same zip, has as many records; and it says the same of each, where CMS's
-- formats never said different things.
select format('records that %s has more or less than its other format', dataset) as measure, abs(rows - other_rows) as figure, 0 as most,
       format('%s has %s records, %s of the same zip has %s', member, rows, other_member, other_rows) as message
  from stage_witness
 union all
select format('records of %s that its other format says otherwise', dataset), differing, 0,
       format('%s and %s of the same zip differ in %s records: %s', member, other_member, differing, first_difference)
  from stage_witness where differing is not null
