-- severity: gate
-- needs: stage_rvu
-- What is known of a release whose files were seen (pipelines/known-counts.csv): CMS's corrections change few rows.
-- This repository's samples are no whole files: they have no code that begins with a digit.
select format('records of %s fewer than known, percent', f.dataset) as measure,
       round(greatest(0, 100 - 100.0 * f.rows_read / k.rows), 2) as figure, 0.3 as most,
       format('%s has %s records; that of %s is known to have %s, to %s', f.member, f.rows_read, f.release, k.rows, k.last_key) as message
  from ops.release_file f
  join ops.known_count k using (release, dataset)
 where (f.release, f.sha256) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'))
   and exists (select from stage_rvu where hcpcs ~ '^\d')
