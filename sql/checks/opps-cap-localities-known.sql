-- severity: warn
-- needs: stage_opps_cap, stage_gpci
-- OPPSCAP repeats some localities under a MAC that has no such GPCI (01112/17 and others, 2020 to 2025).
select distinct mac, locality
  from stage_opps_cap
except
select mac, locality
  from stage_gpci
