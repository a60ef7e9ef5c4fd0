-- severity: warn
-- needs: stage_opps_cap, stage_gpci
-- OPPSCAP repeats some localities under a MAC that has no such GPCI: those that are known are in ops.known_exception.
select format('OPPSCAP has %s/%s, which has no GPCI', mac, locality) as message
  from (select mac, locality from stage_opps_cap except select mac, locality from stage_gpci) o
 where not exists (select from ops.known_exception k
                    where k.check_name = 'opps-cap-localities-known' and (k.mac, k.locality) = (o.mac, o.locality))
