-- severity: gate
-- needs: stage_anesthesia
with p as (
  select release, last_day from ops.predecessor() where table_name = 'anesthesia_cf'
), named as (
  select mac, locality, b.conversion_factor as before, n.conversion_factor as now
    from stage_anesthesia n
    left join (select f.* from p join pfs.anesthesia_cf f on api.holds_on(f.valid_during, p.last_day)) b using (mac, locality, qualifying_apm)
)
select 'anesthesia factor times what it was' as measure, round(max(greatest(before, now) / least(before, now)), 3) as figure, 1.8 as most,
       (array_agg(format('%s/%s: %s dollars per unit before, %s now', mac, locality, before, now)
                  order by greatest(before, now) / least(before, now) desc))[1] as message
  from named where before > 0
 union all
select 'anesthesia factor, how far outside 10 to 40 dollars', max(greatest(0, now - 40, 10 - now)), 0,
       (array_agg(format('%s/%s: %s dollars per unit', mac, locality, now) order by greatest(0, now - 40, 10 - now) desc))[1]
  from named
