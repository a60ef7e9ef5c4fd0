-- severity: gate
-- needs: stage_opps_cap
-- Each capped code has an amount in every locality of the file: so it was in all releases.
with localities as (
  select count(distinct (mac, locality)) as known from stage_opps_cap
)
select 'capped codes that lack localities' as measure, count(*) as figure, 0 as most,
       format('%s of OPPSCAP''s codes have no amount in some of its %s localities, such as %s in %s of them',
              count(*), min(known), min(code), min(known - has)) as message
  from (select concat_ws('-', hcpcs, nullif(modifier, '')) as code, count(*) as has from stage_opps_cap group by hcpcs, modifier) c
 cross join localities
 where has < known
