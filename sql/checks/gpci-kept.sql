-- severity: gate
-- needs: stage_gpci
-- Localities do not end within a year.
select 'localities that end within a year' as measure, count(*) as figure, 0 as most,
       format('%s has no GPCI any more%s', string_agg(mac || '/' || locality, ', '),
              coalesce(': ' || ops.rejection_of('gpci', min(mac), min(locality)), '')) as message
  from (
    select b.mac, b.locality
      from ops.predecessor() p
      join pfs.gpci b on api.holds_on(b.valid_during, p.last_day)
     where p.table_name = 'gpci'
       and p.same_year
       and not exists (select from stage_gpci g where (g.mac, g.locality) = (b.mac, b.locality))
  ) ended
