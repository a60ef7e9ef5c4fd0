-- severity: gate
-- needs: stage_gpci
-- Indices within what was ever published, and changed by no more than any did.
with p as (
  select release, last_day from ops.predecessor() where table_name = 'gpci'
), named as (
  select n.mac, n.locality, v.*
    from stage_gpci n
    left join (select g.* from p join pfs.gpci g on api.holds_on(g.valid_during, p.last_day)) b using (mac, locality)
   cross join lateral (values
           ('work GPCI', b.work_gpci, n.work_gpci, 0.85, 1.6, 1.2),
           ('practice expense GPCI', b.pe_gpci, n.pe_gpci, 0.6, 1.6, 1.4),
           ('malpractice GPCI', b.mp_gpci, n.mp_gpci, 0.2, 3.6, 1.7)) v (name, before, now, lowest, highest, times)
)
select name || ' times what it was' as measure, round(max(greatest(before, now) / least(before, now)), 3) as figure, times as most,
       (array_agg(format('%s/%s: %s %s before, %s now', mac, locality, name, before, now)
                  order by greatest(before, now) / least(before, now) desc))[1] as message
  from named where before > 0 and now > 0
 group by name, times
 union all
select name || ', highest', max(now), highest,
       (array_agg(format('%s/%s: %s %s, where none has been above %s', mac, locality, name, now, highest) order by now desc))[1]
  from named group by name, highest
 union all
select name || ', lowest (how far below)', greatest(0, max(lowest - now)), 0,
       (array_agg(format('%s/%s: %s %s, where none has been below %s', mac, locality, name, now, lowest) order by now))[1]
  from named group by name
