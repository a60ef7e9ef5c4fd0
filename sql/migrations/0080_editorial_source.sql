-- Which files of editorial/ the content came from, so that a run that brings the same ones need not read them.
create table editorial.source (
  sha256 text not null,
  published_at timestamptz primary key default clock_timestamp()
);
comment on table editorial.source is
  'Publications of editorial/. Grain: publication. sha256: of all its files, by name and content; only of files without a problem.';
