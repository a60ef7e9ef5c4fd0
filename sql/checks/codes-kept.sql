-- severity: gate
-- needs: stage_rvu
-- No more codes go, come and change than ever did.
with p as (
  select release, same_year, last_day from ops.predecessor() where table_name = 'rvu'
), compared as materialized (
  select hcpcs, modifier, b.hcpcs is null as added, n.hcpcs is null as gone,
         b.status_indicator is distinct from n.status_indicator as restated,
         (b.work_rvu, b.non_facility_pe_rvu, b.facility_pe_rvu, b.mp_rvu)
           is distinct from (n.work_rvu, n.non_facility_pe_rvu, n.facility_pe_rvu, n.mp_rvu) as changed
    from (select v.* from p join pfs.rvu v on api.holds_on(v.valid_during, p.last_day)) b
    full join stage_rvu n using (hcpcs, modifier)
), counted as (
  select count(*) filter (where not added) as before,
         count(*) filter (where gone) as gone,
         count(*) filter (where added) as added,
         count(*) filter (where restated and not added and not gone) as restated,
         count(*) filter (where changed and not added and not gone) as changed,
         (select string_agg(code, ', ')
            from (select concat_ws('-', hcpcs, nullif(modifier, '')) as code from compared where gone order by 1 limit 10) g) as some_gone
    from compared
)
select m.measure || case when same_year then ', within a year' else ', from year to year' end as measure,
       rows as figure, most,
       format('%s %s since %s, which had %s%s', rows, m.measure, p.release, before,
              case when m.measure = 'codes gone' then format(' (%s%s)', some_gone, case when rows > 10 then ', …' end) end) as message
  from p
 cross join counted
 cross join lateral (values
         ('codes gone', gone, case when same_year then 5 else 510 end),
         ('codes added', added, case when same_year then 300 else 950 end),
         ('codes with another status', restated, case when same_year then 60 else 460 end),
         ('codes with other RVUs', changed, case when same_year then 40 end)) m (measure, rows, most)
 where most is not null
