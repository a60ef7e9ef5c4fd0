-- severity: gate
-- needs: stage_gpci, stage_anesthesia, stage_locality
-- A locality that is paid for anesthesia, or described, has a GPCI; and every GPCI is of a described locality.
-- (OPPSCAP's localities are another matter: opps-cap-localities-known.)
select 'localities that one file has and another lacks' as measure, count(*) as figure, 0 as most,
       string_agg(format('%s/%s %s', mac, locality, fault), '; ') as message
  from (
    select 'has no GPCI' as fault, mac, locality
      from (select mac, locality from stage_anesthesia union select mac, locality from stage_locality) u
     where not exists (select from stage_gpci g where (g.mac, g.locality) = (u.mac, u.locality))
     union all
    select 'has a GPCI and no counties', mac, locality
      from stage_gpci g
     where not exists (select from stage_locality l where (l.mac, l.locality) = (g.mac, g.locality))
  ) f
 where not exists (select from ops.known_exception k
                    where k.check_name = 'gpci-coverage' and k.release = current_setting('cms_fees.release')
                      and (k.mac, k.locality) = (f.mac, f.locality))
