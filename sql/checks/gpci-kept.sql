-- severity: gate
-- needs: stage_gpci
-- Localities do not end within a year.
select p.release as predecessor, b.mac, b.locality
  from ops.predecessor() p
  join pfs.gpci b on b.valid_during @> p.last_day
 where p.table_name = 'gpci'
   and p.same_year
   and not exists (select from stage_gpci g where (g.mac, g.locality) = (b.mac, b.locality))
