-- severity: gate
-- needs: stage_conversion_factor
-- That a file has one conversion factor is checked before (E_CONSTANT_VARIES). In 2014 it rose by 43 percent, since
-- Congress had kept January's files of 2011 to 2013 from taking effect.
with p as (
  select release, last_day from ops.predecessor() where table_name = 'conversion_factor'
), named as (
  select n.qualifying_apm, b.conversion_factor as before, n.conversion_factor as now
    from stage_conversion_factor n
    left join (select f.* from p join pfs.conversion_factor f on api.holds_on(f.valid_during, p.last_day)) b using (qualifying_apm)
)
select 'conversion factor times what it was' as measure, round(max(greatest(before, now) / least(before, now)), 3) as figure, 1.6 as most,
       min(format('the conversion factor was %s dollars per RVU and is %s', before, now)) as message
  from named where before > 0
 union all
select 'conversion factor, how far outside 20 to 45 dollars', max(greatest(0, now - 45, 20 - now)), 0,
       min(format('the conversion factor is %s dollars per RVU', now))
  from named
