-- severity: gate
-- needs: stage_witness
-- The other format of the same file, in the same zip, has as many records.
select format('records that %s has more or less than its other format', dataset) as measure, abs(rows - other_rows) as figure, 0 as most,
       format('%s has %s records, %s of the same zip has %s', member, rows, other_member, other_rows) as message
  from stage_witness
