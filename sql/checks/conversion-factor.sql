-- severity: gate
-- needs: stage_conversion_factor
-- That a file has one conversion factor is checked before (E_CONSTANT_VARIES). It has changed by a tenth at most
-- since 2011, and by less than 4 % a year since 2012.
select p.release as predecessor, b.qualifying_apm, b.conversion_factor as before, n.conversion_factor as now
  from ops.predecessor() p
  join pfs.conversion_factor b on b.valid_during @> p.last_day
  join stage_conversion_factor n using (qualifying_apm)
 where p.table_name = 'conversion_factor'
   and n.conversion_factor not between 0.9 * b.conversion_factor and 1.1 * b.conversion_factor
