-- Original content, merged from editorial/*.yaml. Everything here is written for this project.

create schema editorial;
comment on schema editorial is 'Original content about codes. Not a contract: read api.code_page.';

create table editorial.entry (
  hcpcs text primary key,
  content jsonb not null,
  source_file text not null,
  content_hash uuid not null,
  known_since timestamptz not null default ops.known_at()
);
comment on table editorial.entry is
  'What we write about one code. Grain: HCPCS code. content: the entry as schemas/editorial.ts describes it.';

create table editorial.category (
  category text primary key,
  code_system text not null,
  first_code text collate "C" not null,
  last_code text collate "C" not null,
  content jsonb not null,
  source_file text not null,
  content_hash uuid not null,
  known_since timestamptz not null default ops.known_at()
);
comment on table editorial.category is
  'What we write about a range of codes. Grain: category. first_code to last_code within code_system, inclusive.';

-- A family of several ranges stands in as many rows. A code is found by its shape and the range that it falls into.
create table editorial.family (
  shape text not null,
  first_code text collate "C" not null,
  last_code text collate "C" not null,
  family text not null,
  category text not null,
  content jsonb not null,
  source_file text not null,
  content_hash uuid not null,
  known_since timestamptz not null default ops.known_at(),
  words tsvector generated always as (strip(to_tsvector('english',
    (content ->> 'name') || ' ' || (content ->> 'synonyms') || ' ' || (content ->> 'plain_language')))) stored,
  primary key (shape, first_code)
);
comment on table editorial.family is
  'What we write about a family of codes. Grain: range of codes, first_code to last_code inclusive; ranges share no code. shape: first_code with each digit as 0, as editorial.code_shape gives it. words: what its codes are found by, without places and weights.';

create table editorial.rule (
  rule text not null,
  value text not null,
  sentence text not null,
  section text not null default 'rvu_information',
  position smallint not null default 0,
  question text,
  source_file text not null,
  content_hash uuid not null,
  known_since timestamptz not null default ops.known_at(),
  primary key (rule, value)
);
comment on table editorial.rule is
  'What a value of CMS''s, or one derived from CMS''s, means, in a sentence with placeholders in braces. Grain: rule and value. See api.code_fact for both.';

select ops.keep_history_of(name::regclass)
  from unnest(array['editorial.entry', 'editorial.category', 'editorial.family', 'editorial.rule']) name;

-- Which files of editorial/ the content came from, so that a run that brings the same ones need not read them.
create table editorial.source (
  sha256 text not null,
  published_at timestamptz primary key default clock_timestamp()
);
comment on table editorial.source is
  'Publications of editorial/. Grain: publication. sha256: of all its files, by name and content; only of files without a problem.';
