-- What became of rejected rows when their release was read again from the archive, after a schema was mended.
create table ops.replayed_row (
  run_id bigint not null,
  file text not null,
  line integer not null,
  replay_run_id bigint not null references ops.run,
  outcome text not null check (outcome in ('accepted', 'rejected', 'held back')),
  replayed_at timestamptz not null default now(),
  primary key (run_id, file, line, replay_run_id),
  foreign key (run_id, file, line) references ops.rejected_row
);
comment on table ops.replayed_row is
  'Replays of rejected rows. Grain: rejected row and replay. outcome: accepted (a version says it now), rejected (again), held back (valid now, but its release was refused).';
