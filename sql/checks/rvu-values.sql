-- severity: gate
-- needs: stage_rvu, stage_conversion_factor
-- Single RVUs within what was ever published, and changed by no more than any did. Small ones change by large factors, but
-- for those of visits (99202 to 99499) and of other services that nearly everybody bills.
with p as (
  select release, same_year, last_day from ops.predecessor() where table_name = 'rvu'
), factor as (
  select (select conversion_factor from stage_conversion_factor where not qualifying_apm) as now,
         (select conversion_factor from p join pfs.conversion_factor f on api.holds_on(f.valid_during, p.last_day) where not qualifying_apm) as before
), changed as (
  select n.hcpcs, n.modifier, v.name, v.before, v.now, v.within, v.across,
         v.from_here, o.often, b.non_facility_total_rvu as total_before, n.non_facility_total_rvu as total_now
    from p
    join pfs.rvu b on api.holds_on(b.valid_during, p.last_day)
    join stage_rvu n using (hcpcs, modifier)
   cross join lateral (values
           ('work RVU', b.work_rvu, n.work_rvu, 0.5, 2, 4),
           ('non-facility practice expense RVU', b.non_facility_pe_rvu, n.non_facility_pe_rvu, 1, 3, 80),
           ('facility practice expense RVU', b.facility_pe_rvu, n.facility_pe_rvu, 1, 2, 80),
           ('malpractice RVU', b.mp_rvu, n.mp_rvu, 0.2, 2, 40)) v (name, before, now, from_here, within, across)
   cross join lateral (values (
           hcpcs between '99202' and '99499'
           or hcpcs in ('27447', '45378', '66984', '71046', '93000', 'G0101', 'G0402', 'G0438', 'G0439'))) o (often)
   where (b.work_rvu, b.non_facility_pe_rvu, b.facility_pe_rvu, b.mp_rvu) <> (n.work_rvu, n.non_facility_pe_rvu, n.facility_pe_rvu, n.mp_rvu)
     and v.before <> v.now and greatest(v.before, v.now) >= case when o.often then 0.05 else v.from_here end
     and b.status_indicator in ('A', 'R', 'T') and n.status_indicator in ('A', 'R', 'T')
), measured as (
  select c.name || ' times what it was' as measure, c.*, greatest(c.before, c.now) / least(c.before, c.now) as figure,
         case when same_year then within else across end as most
    from changed c cross join p where c.before > 0 and c.now > 0 and greatest(c.before, c.now) >= c.from_here
   union all
  select 'RVU of a frequent service times what it was', c.*, greatest(c.before, c.now) / least(c.before, c.now),
         case when same_year then 2 else 5 end
    from changed c cross join p where c.before > 0 and c.now > 0 and c.often
   union all
  -- A work RVU that appears or vanishes, of a code that is paid before and after.
  select c.name || ' appeared or vanished', c.*, 1, case when same_year then 0 else 1 end
    from changed c cross join p where c.name = 'work RVU' and (c.before = 0 or c.now = 0) and greatest(c.before, c.now) >= c.from_here
)
select measure || case when same_year then ', within a year' else ', from year to year' end as measure,
       round(case when measure like '%vanished' then count(*) else max(figure) end, 2) as figure, min(most) as most,
       (array_agg(format('%s: %s %s before, %s now (national payment of its RVUs %s before, %s now)',
                         concat_ws('-', hcpcs, nullif(modifier, '')), m.name, m.before, m.now,
                         round(total_before * factor.before, 2), round(total_now * factor.now, 2))
                  order by figure desc, hcpcs))[1] as message
  from measured m cross join p cross join factor
 group by measure, same_year
 union all
select name || ', highest', now, highest, format('%s: %s %s, where no code has had more than %s', concat_ws('-', hcpcs, nullif(modifier, '')), name, now, highest)
  from ((select 'work RVU' as name, 130 as highest, work_rvu as now, hcpcs, modifier from stage_rvu order by now desc, hcpcs limit 1)
         union all
        (select 'non-facility practice expense RVU', 600, non_facility_pe_rvu as now, hcpcs, modifier from stage_rvu order by now desc, hcpcs limit 1)
         union all
        (select 'facility practice expense RVU', 100, facility_pe_rvu as now, hcpcs, modifier from stage_rvu order by now desc, hcpcs limit 1)
         union all
        (select 'malpractice RVU', 40, mp_rvu as now, hcpcs, modifier from stage_rvu order by now desc, hcpcs limit 1)) h
