-- severity: gate
-- needs: stage_opps_cap
-- CMS's least reliable file: amounts of less than 20 dollars are passed over, and so are changes of its placeholders
-- (GXXX1), which stand for another code each time.
with p as (
  select release, same_year, last_day from ops.predecessor() where table_name = 'opps_cap'
), changed as (
  select hcpcs, modifier, mac, locality, v.before, v.now
    from p
    join pfs.opps_cap b on api.holds_on(b.valid_during, p.last_day)
    join stage_opps_cap n using (hcpcs, modifier, mac, locality)
   cross join lateral (values (b.facility_price, n.facility_price), (b.non_facility_price, n.non_facility_price)) v (before, now)
   where (b.facility_price, b.non_facility_price) <> (n.facility_price, n.non_facility_price)
)
select 'OPPS cap times what it was' || case when same_year then ', within a year' else ', from year to year' end as measure,
       round(times, 2) as figure, case when same_year then 1.5 else 8 end as most,
       format('%s at %s/%s: %s dollars before, %s now', concat_ws('-', hcpcs, nullif(modifier, '')), mac, locality, before, now) as message
  from (select *, greatest(before, now) / least(before, now) as times
          from changed where before > 0 and now > 0 and hcpcs !~ 'XXX' and greatest(before, now) >= 20
         order by times desc, hcpcs limit 1) n
 cross join p
 union all
select 'OPPS cap, highest', now, 7000, format('%s at %s/%s: %s dollars, where none has been above 7000', hcpcs, mac, locality, now)
  from (select *, greatest(facility_price, non_facility_price) as now from stage_opps_cap order by now desc limit 1) n
