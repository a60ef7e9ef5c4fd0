-- Grain: revision and table. Key: table_name, release, sha256.
-- For who asks on which days a revision is the one in force; a release that lacks a file governs no table of it.
create view api.release_period as
select table_name, release, sha256, period,
       lower(period) as valid_from,
       upper(period) - 1 as valid_to
  from ops.period;
comment on view api.release_period is
  'On which days a revision is in force, for each table. Grain: table and revision. A table without a row on a day has no data for it.';

-- Grain: revision, and release that is known and not loaded. Key: release, sha256.
-- For who asks what is loaded, since when it is in force, where it came from, and what is missing between.
create view api.release as
select r.release, r.family,
       row_number() over (partition by r.release order by o.place) as revision,
       case when r.retracted_at is not null then 'retracted'
            when p.release is null then 'superseded'
            when current_date between p.valid_from and coalesce(p.valid_to, 'infinity') then 'in force'
            when p.valid_from > current_date then 'future'
            else 'past' end as state,
       r.effective_from,
       p.valid_to as in_force_to,
       r.effective_from_source,
       r.published,
       r.published_source,
       a.name as source,
       r.sha256,
       r.loaded_at,
       f.datasets, f.rows_accepted, f.rows_rejected, f.layout_evidence,
       (select jsonb_agg(jsonb_build_object('file', c.file, 'column', c.column_text, 'field', c.field,
                                            'accepted_by', c.accepted_by, 'because', c.because,
                                            'accepted_at', c.accepted_at) order by c.file, c.column_text)
          from ops.accepted_column c
         where c.sha256 = r.sha256) as accepted_columns
  from ops.release r
  join ops.artifact a using (sha256)
  join ops.revision_order o using (release, sha256)
  left join lateral (
    select *
      from api.release_period
     where (release, sha256) = (r.release, r.sha256)
     order by table_name <> 'rvu', table_name
     limit 1
  ) p on true
 cross join lateral (
    select array_agg(dataset order by dataset) as datasets,
           sum(rows_accepted) as rows_accepted, sum(rows_rejected) as rows_rejected,
           min(layout_evidence) as layout_evidence
      from ops.release_file
     where (release, sha256) = (r.release, r.sha256)
  ) f
 union all
select distinct on (c.family, c.effective_from)
       c.release, c.family, null, 'not loaded', c.effective_from, null, 'catalog', c.published,
       case when c.published is not null then 'catalog' end, nullif(c.url, ''),
       null, null::timestamptz, null::text[], null::bigint, null::bigint, null, null::jsonb
  from ops.catalog c
 where c.effective_from <= current_date
   and c.effective_from > (select min(effective_from) from ops.release where family = c.family and retracted_at is null)
   and not exists (select from ops.release r
                    where r.effective_from = c.effective_from and r.family = c.family and r.retracted_at is null)
 order by 5;
comment on view api.release is
  'Releases. Grain: release and sha256 (CMS posts a release again with other bytes: revision counts them in the order in which CMS posted them). family: short name of the schedule, such as pfs (physician fee schedule), zip (ZIP codes), hcpcs (HCPCS Level II), clfs (laboratory fees), asp (payment limits of drugs) or ndc (their packages). State and in_force_to are those of its relative value file, where it has one. superseded: another revision of the same day replaces it. published: day on which CMS published it, null where nobody says; published_source: operator, file (RELEASED in its title), catalog, name (of the zip) or last-modified (CMS''s server). not loaded: a gap, its days are governed by its predecessor. layout_evidence: proven where the tests read CMS''s own bytes of each of its files, never seen where one of them is not among these (docs/coverage.md).';
