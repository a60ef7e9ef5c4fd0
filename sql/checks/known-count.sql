-- severity: gate
-- needs: stage_rvu
-- What is known of a release whose files were seen (pipelines/known-counts.csv): CMS's corrections change few rows, and
-- the last code stays (in another format it may stand elsewhere). This repository's samples are no whole files: they have no code that begins with a digit.
with known as (
  select f.member, f.release, f.dataset, f.rows_read, f.last_key as ends, k.rows, k.last_key
    from ops.release_file f
    join ops.known_count k using (release, dataset)
   where (f.release, f.sha256) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'))
     and exists (select from stage_rvu where hcpcs ~ '^\d')
)
select format('records of %s fewer than known, percent', dataset) as measure,
       round(greatest(0, 100 - 100.0 * rows_read / rows), 2) as figure, 0.3 as most,
       format('%s has %s records; that of %s is known to have %s, to %s', member, rows_read, release, rows, last_key) as message
  from known
 union all
select 'last code that is missing', count(*), 0,
       string_agg(format('%s ends with %s; that of %s is known to end with %s', member, ends, release, last_key), '; ')
  from known where dataset = 'rvu' and not exists (select from stage_rvu where hcpcs = last_key)
