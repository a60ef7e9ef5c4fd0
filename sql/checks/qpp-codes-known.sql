-- severity: warn
-- needs: stage_rvu, stage_rvu_qpp
-- The QPP file lists some of the nonQPP file's codes. One that the nonQPP file lacks is not in the schedule.
select hcpcs, modifier
  from stage_rvu_qpp
except
select hcpcs, modifier
  from stage_rvu
