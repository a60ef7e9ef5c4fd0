-- Grain: run and gate.
-- For who asks why a release was loaded that differs from the others.
create view api.accepted_gate as
select r.release, g.gate, g.accepted_by, g.because, g.accepted_at, r.run_id as run, c.broken_rows, c.sample
  from ops.accepted_gate g
  join ops.run r using (run_id)
  left join ops.check_result c on (c.run_id, c.check_name) = (g.run_id, g.gate);
comment on view api.accepted_gate is
  'Gates (sql/checks) that a release broke and a person accepted, with who and why. Grain: run and gate.';
comment on column api.accepted_gate.gate is 'Name of the gate, as in sql/checks.';
comment on column api.accepted_gate.accepted_by is 'CMS_FEES_OPERATOR, or the account that ran the command.';
comment on column api.accepted_gate.because is 'Why, in their words.';
comment on column api.accepted_gate.accepted_at is 'When.';
comment on column api.accepted_gate.run is 'The run that loaded it.';
comment on column api.accepted_gate.broken_rows is 'Rows that the gate found.';
comment on column api.accepted_gate.sample is 'Up to ten of them, as JSON.';
comment on column api.accepted_gate.release is 'The release that was loaded.';
