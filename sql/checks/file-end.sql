-- severity: gate
-- needs: stage_rvu
-- The file goes on to where it ended before, in its own order: digits before letters, or letters first.
with f as (
  select member, first_key, last_key, first_key ~ '^[A-Z]' as letters_first
    from ops.release_file
   where (release, sha256, dataset) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'), 'rvu')
), behind as (
  select b.hcpcs
    from ops.predecessor() p
    join pfs.rvu b on api.holds_on(b.valid_during, p.last_day)
   cross join f
   where p.table_name = 'rvu'
     and (case when letters_first then translate(left(b.hcpcs, 1), '0123456789', '~~~~~~~~~~') || b.hcpcs else b.hcpcs end collate "C")
       > (case when letters_first then translate(left(f.last_key, 1), '0123456789', '~~~~~~~~~~') || f.last_key else f.last_key end collate "C")
)
select 'codes of the release before that lie behind the last one' as measure, count(*) as figure, 3 as most,
       format('%s ends with %s; %s codes of the release before lie behind it, to %s', min(f.member), min(f.last_key), count(*), max(b.hcpcs)) as message
  from behind b cross join f
