-- severity: warn
-- needs: stage_rvu, stage_rvu_qpp
-- The QPP file lists some of the nonQPP file's codes. One that the nonQPP file lacks is not in the schedule.
select format('%s is in the QPP file only', concat_ws('-', hcpcs, nullif(modifier, ''))) as message
  from (select hcpcs, modifier from stage_rvu_qpp except select hcpcs, modifier from stage_rvu) q
