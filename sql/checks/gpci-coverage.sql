-- severity: gate
-- needs: stage_gpci, stage_anesthesia, stage_locality
-- A locality that is paid for anesthesia, or described, has a GPCI; and every GPCI is of a described locality.
-- (OPPSCAP's localities are another matter: opps-cap-localities-known.)
select 'no GPCI' as fault, mac, locality
  from (select mac, locality from stage_anesthesia union select mac, locality from stage_locality) u
 where not exists (select from stage_gpci g where (g.mac, g.locality) = (u.mac, u.locality))
 union all
select 'not described', mac, locality
  from stage_gpci g
 where not exists (select from stage_locality l where (l.mac, l.locality) = (g.mac, g.locality))
