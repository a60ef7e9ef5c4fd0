-- Grain: posting and table. Key: table_name, release, sha256.
-- For who asks on which days a posting is the one in force; a release that lacks a file governs no table of it.
create view api.release_period as
select table_name, release, sha256, period,
       lower(period) as valid_from,
       upper(period) - 1 as valid_to
  from ops.governed_period;
comment on view api.release_period is
  'On which days a posting is in force, for each table. Grain: table and posting. A table without a row on a day has no data for it.';

-- Grain: posting. Key: release, sha256.
-- For who asks what is loaded, since when it is in force, and where it came from.
create view api.release as
select r.release,
       r.effective_from,
       p.valid_to as in_force_to,
       r.published,
       case when r.retracted_at is not null then 'retracted'
            when p.release is null then 'superseded'
            when current_date between p.valid_from and coalesce(p.valid_to, 'infinity') then 'in force'
            when p.valid_from > current_date then 'future'
            else 'past' end as state,
       r.effective_from_source,
       a.name as source,
       r.sha256,
       r.loaded_at,
       (select array_agg(f.dataset order by f.dataset) from ops.release_file f
         where (f.release, f.sha256) = (r.release, r.sha256)) as datasets,
       (select sum(f.rows_accepted) from ops.release_file f
         where (f.release, f.sha256) = (r.release, r.sha256)) as rows_accepted,
       (select sum(f.rows_rejected) from ops.release_file f
         where (f.release, f.sha256) = (r.release, r.sha256)) as rows_rejected,
       -- The order of the words is that of their weakness: the weakest of the files counts.
       (select case max(array_position(array['real bytes', 'real values', 'synthetic'], f.layout_evidence))
               when 1 then 'real bytes' when 2 then 'real values' when 3 then 'not yet seen in real bytes' end
          from ops.release_file f
         where (f.release, f.sha256) = (r.release, r.sha256)) as layout_evidence
  from ops.release r
  join ops.artifact a using (sha256)
  left join ops.governed_period g
         on (g.release, g.sha256, g.table_name) = (r.release, r.sha256, 'rvu')
  left join api.release_period p
         on (p.release, p.sha256, p.table_name) = (g.release, g.sha256, g.table_name);
comment on view api.release is
  'Loaded releases. Grain: release and sha256 (CMS posts a release again with other bytes). State and in_force_to are those of its relative value file; superseded: another posting of the same day replaces it. layout_evidence: how well the layouts are proven that read its files (docs/coverage.md), by the weakest of them.';
