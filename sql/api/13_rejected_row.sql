-- Grain: run, file and line.
-- For who asks which of CMS's rows are not in the schedule, and why.
create view api.rejected_row as
select j.run_id as run, r.release, r.sha256, r.started_at as rejected_at, j.dataset, j.file, j.line, j.raw, j.key, j.issues,
       p.outcome as replay, p.replay_run_id as replay_run, p.replayed_at,
       p.outcome is distinct from 'accepted'
       and j.run_id = max(j.run_id) over (partition by r.release, r.sha256) as open
  from ops.rejected_row j
  join ops.run r using (run_id)
  left join lateral (
    select * from ops.replayed_row p
     where (p.run_id, p.file, p.line) = (j.run_id, j.file, j.line)
     order by replay_run_id desc
     limit 1
  ) p on true;
comment on view api.rejected_row is
  'Rows of CMS''s files that a schema rejected. Grain: run, file and line. open: the last run over these bytes rejected it, and no replay accepted it since.';
comment on column api.rejected_row.run is 'The run that rejected it.';
comment on column api.rejected_row.release is 'Release that was being loaded.';
comment on column api.rejected_row.sha256 is 'SHA-256 of its bytes, in hexadecimal; null where the run ended before it was known.';
comment on column api.rejected_row.rejected_at is 'When the run began.';
comment on column api.rejected_row.dataset is 'Dataset whose schema rejected it.';
comment on column api.rejected_row.file is 'File of the release.';
comment on column api.rejected_row.line is 'Line of the file.';
comment on column api.rejected_row.raw is 'The line as CMS wrote it.';
comment on column api.rejected_row.key is 'The columns of the table''s key, as they were read, a JSON object; of a row with columns for many areas those that are the same for all.';
comment on column api.rejected_row.issues is 'What is wrong, a JSON list of column and message.';
comment on column api.rejected_row.replay is 'What became of it at the last replay: accepted, rejected, or held back with its release; null where it was not replayed.';
comment on column api.rejected_row.replay_run is 'The run that replayed it; null where none has.';
comment on column api.rejected_row.replayed_at is 'When; null where it was not replayed.';
comment on column api.rejected_row.open is 'Whether it still is missing from the schedule.';
