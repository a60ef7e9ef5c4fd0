-- Where bytes came from, under which licences, and what to ask the server so as not to fetch them again.

create table ops.download (
  url text not null,
  sha256 text not null references ops.artifact,
  etag text,
  last_modified text,
  licenses_accepted text[] not null,
  first_fetched_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (url, sha256)
);
comment on table ops.download is
  'Bytes that CMS gave at an address. Grain: address on cms.gov and sha256. licenses_accepted: those that the operator had accepted when they were fetched; last_seen_at: when CMS last said that these are the bytes.';
