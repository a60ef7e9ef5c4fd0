-- severity: warn
-- needs: stage_rvu
-- Of a release whose files were seen, another number of records is another posting, or a damaged file.
select format('%s has %s records; the posting of %s that is known has %s', f.member, f.rows_read, f.release, k.rows) as message
  from ops.release_file f
  join ops.known_count k using (release, dataset)
 where (f.release, f.sha256) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'))
   and f.rows_read <> k.rows
   and exists (select from stage_rvu where hcpcs ~ '^\d')
