-- Grain: HCPCS code, modifier and range of days. Key: hcpcs, modifier, valid_from.
-- For who asks how a code came to be what it is.
create view api.code_history as
select hcpcs, modifier, valid_from, valid_to, first_release,
       case when earlier is not null then (
         select jsonb_object_agg(key, jsonb_build_object('before', earlier ->> key, 'after', content ->> key))
           from jsonb_object_keys(content) key
          where content -> key is distinct from earlier -> key) end as fields,
       api.gap_before('rvu', valid_from) as gap
  from (
    select hcpcs, modifier, valid_from, valid_to, first_release, content,
           lag(content) over (partition by hcpcs, modifier order by valid_from) as earlier
      from (
        select v.hcpcs, v.modifier, v.valid_from, v.valid_to, v.first_release,
               to_jsonb(v) - '{hcpcs,modifier,valid_from,valid_to,known_to,first_release,valid_during}'::text[] as content
          from api.rvu_versions v
      ) version
  ) history;
comment on view api.code_history is
  'The versions of a code and what each changed. Grain: HCPCS code, modifier and range of days. fields: each column that differs from the range before, before and after; null for the first.';
