-- severity: gate
-- needs: stage_rvu
-- As much changes as ever did. From 2024 to 2026, of the codes before, at most 1.2 % went and 2.6 % came; half of
-- the RVUs changed in a January and 0.02 % within a year; 0.02 % became twice or half of what they were.
with predecessor as (
  select release, same_year, last_day from ops.predecessor() where table_name = 'rvu'
), compared as (
  select count(b.hcpcs) as before,
         count(*) filter (where n.hcpcs is null) as gone,
         count(*) filter (where b.hcpcs is null) as added,
         count(*) filter (where (b.work_rvu, b.non_facility_pe_rvu, b.facility_pe_rvu, b.mp_rvu)
                             <> (n.work_rvu, n.non_facility_pe_rvu, n.facility_pe_rvu, n.mp_rvu)) as changed,
         count(*) filter (where b.facility_total_rvu > 0 and n.facility_total_rvu > 0
                            and n.facility_total_rvu / b.facility_total_rvu not between 0.5 and 2) as jumped
    from (select v.* from predecessor p join pfs.rvu v on v.valid_during @> p.last_day) b
    full join stage_rvu n using (hcpcs, modifier)
)
select release as predecessor, what, rows, round(100.0 * rows / before, 2) as percent, most as most_percent
  from predecessor
 cross join compared
 cross join lateral (values
         ('codes gone', gone, 5), ('codes added', added, 10),
         ('RVUs changed within a year', case when same_year then changed end, 10),
         ('RVUs twice or half of what they were', jumped, 2)) w (what, rows, most)
 where before >= 1000
   and 100 * rows > most * before
