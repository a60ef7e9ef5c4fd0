-- severity: gate
-- A file of about as many rows as the one before: fewer is a cut file, more a doubled one, or a reform. (Of the codes
-- themselves, codes-kept says more.)
select format('rows of %s, percent more or less', f.dataset) || case when p.same_year then ', within a year' else ', from year to year' end as measure,
       round(abs(100.0 * f.rows_accepted / b.rows_accepted - 100), 2) as figure,
       case when p.same_year then m.rows_within_year else m.rows_across_years end as most,
       format('%s has %s rows, where %s had %s', f.member, f.rows_accepted, p.release, b.rows_accepted) as message
  from ops.predecessor() p
  join ops.release_file b on (b.release, b.sha256, b.dataset) = (p.release, p.sha256, p.dataset)
  join ops.release_file f
    on (f.release, f.sha256, f.dataset) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'), p.dataset)
  join ops.source_file m on m.dataset = p.dataset
 where b.rows_accepted >= 50 and f.dataset <> 'rvu'
