-- severity: refuse
-- needs: stage_rvu, stage_rvu_qpp
-- From 2026 CMS publishes each RVU twice; only the conversion factor may differ between the two files.
select format('%s: work, practice expense and malpractice RVUs are %s, %s, %s, %s in the nonQPP file and %s, %s, %s, %s in the QPP file',
              concat_ws('-', hcpcs, nullif(modifier, '')),
              o.work_rvu, o.non_facility_pe_rvu, o.facility_pe_rvu, o.mp_rvu,
              q.work_rvu, q.non_facility_pe_rvu, q.facility_pe_rvu, q.mp_rvu) as message
  from stage_rvu o
  join stage_rvu_qpp q using (hcpcs, modifier)
 where (o.work_rvu, o.non_facility_pe_rvu, o.facility_pe_rvu, o.mp_rvu)
    <> (q.work_rvu, q.non_facility_pe_rvu, q.facility_pe_rvu, q.mp_rvu)
