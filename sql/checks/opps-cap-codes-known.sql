-- severity: gate
-- needs: stage_opps_cap, stage_rvu
-- OPPSCAP names codes of the relative value file, all of them in every release: a witness that it is whole.
select 'capped codes without relative values' as measure, count(*) as figure, 0 as most,
       format('%s of OPPSCAP''s codes are not in the relative value file, such as %s%s', count(*), min(hcpcs),
              coalesce(': ' || ops.rejection_of('rvu', min(hcpcs)), '')) as message
  from (select distinct hcpcs, modifier from stage_opps_cap where hcpcs !~ 'XXX') o
 where not exists (select from stage_rvu r where (r.hcpcs, r.modifier) = (o.hcpcs, o.modifier))
