-- severity: gate
-- needs: stage_rvu
-- Codes that every release has had for years: visits, an electrocardiogram, a chest X-ray, screenings, a supply.
select 'codes that are always there' as measure, count(*) as figure, 0 as most,
       string_agg(format('%s is missing, which %s has%s', c.hcpcs, p.release,
                         coalesce(': ' || ops.rejection_of('rvu', c.hcpcs), '')), '; ' order by c.hcpcs) as message
  from ops.predecessor() p
 cross join unnest(array['99213', '99214', '99232', '99285', '93000', '71046', '45378', '66984',
                         'G0101', 'G0402', 'G0438', 'G0439', 'A4306']) c (hcpcs)
 where p.table_name = 'rvu'
   and exists (select from pfs.rvu v where v.hcpcs = c.hcpcs and v.valid_during @> p.last_day)
   and not exists (select from stage_rvu s where s.hcpcs = c.hcpcs)
