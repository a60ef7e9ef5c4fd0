-- Columns that CMS misspelled, and a person said what they are, for the bytes in which they stand.
create table ops.accepted_column (
  sha256 text not null references ops.artifact,
  file text not null,
  column_text text not null,
  field text not null,
  accepted_by text not null,
  because text not null check (because <> ''),
  accepted_at timestamptz not null default now(),
  run_id bigint not null references ops.run,
  primary key (sha256, file, column_text)
);
comment on table ops.accepted_column is
  'Columns whose header no layout knows, accepted as one that it does. Grain: sha256 of the release, file and header text. Holds whenever these bytes are read. run_id: the run in which it was accepted, whatever became of it.';
