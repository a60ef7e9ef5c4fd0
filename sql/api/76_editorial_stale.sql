-- Grain: entry and reason. Key: hcpcs, reason.
-- For editors: which texts may no longer be true.
create view api.editorial_stale as
with entry as (
  select hcpcs, source_file, content ->> 'status' as status, content ->> 'reviewed_against' as reviewed_against,
         api.code_standing(hcpcs) as standing
    from editorial.entry
), reviewed as (
  select e.*, r.effective_from
    from entry e
    left join lateral (select min(effective_from) as effective_from from ops.release
                        where release = e.reviewed_against and retracted_at is null) r on true
   where e.status = 'reviewed'
)
select hcpcs, source_file, status, reviewed_against,
       case standing when 'deleted' then 'deleted' else 'orphan' end as reason,
       null::jsonb as fields
  from entry
 where standing in ('deleted', 'unknown')
 union all
select hcpcs, source_file, status, reviewed_against, 'release not loaded', null
  from reviewed
 where effective_from is null
 union all
select e.hcpcs, e.source_file, e.status, e.reviewed_against, 'changed since the review', changed.fields
  from reviewed e
 cross join lateral (
    select jsonb_object_agg(trim(modifier || ' ' || field),
                            jsonb_build_object('before', before.value, 'after', after.value)) as fields
      from editorial.reviewed_values(e.hcpcs, e.effective_from) before
      full join editorial.reviewed_values(e.hcpcs, current_date) after using (modifier, field)
     where before.value is distinct from after.value
  ) changed
 where e.standing = 'in force' and e.effective_from is not null and changed.fields is not null;
comment on view api.editorial_stale is
  'Entries whose text may no longer be true. Grain: entry and reason.';
comment on column api.editorial_stale.source_file is 'File of editorial/ that holds the entry.';
comment on column api.editorial_stale.status is 'draft or reviewed.';
comment on column api.editorial_stale.reviewed_against is 'Release that the reviewed text was compared with; null for a draft.';
comment on column api.editorial_stale.reason is
  'deleted: the schedule no longer has the code; orphan: no loaded release ever had it; changed since the review: its description, status or RVUs did; release not loaded: nothing to compare with.';
comment on column api.editorial_stale.fields is
  'What changed since the review, before and after, by modifier and column, as JSON; null for other reasons.';
