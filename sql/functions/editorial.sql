-- What api makes of original content.

-- plpgsql: most sentences have no placeholder, and a page renders dozens.
create or replace function editorial.render(template text, facts jsonb) returns text
language plpgsql immutable as $$
begin
  if template is null or strpos(template, '{') = 0 then
    return template;
  end if;
  return (
    select case when bool_and(number % 2 = 1 or facts ->> part is not null)
                then string_agg(case when number % 2 = 1 then part else facts ->> part end, '' order by number) end
      from regexp_split_to_table(template, '[{}]') with ordinality x (part, number)
  );
end
$$;
comment on function editorial.render(text, jsonb) is
  'The template with each {name} replaced by that fact. Null where a fact is: half a sentence says something else.';

create or replace function editorial.provenance(source_file text, content jsonb) returns jsonb
language sql immutable as $$
  select case when source_file is not null then
    jsonb_build_object('source', 'editorial', 'file', source_file, 'status', content -> 'status',
                       'reviewed_on', content -> 'reviewed_on', 'reviewed_against', content -> 'reviewed_against',
                       'sources', coalesce(content -> 'sources', '[]'))
  end
$$;
comment on function editorial.provenance(text, jsonb) is
  'Which file of editorial/ says something, the state of its review and what its author read. Null where no file does.';

create or replace function editorial.code_shape(hcpcs text) returns text
language sql immutable as $$
  select translate(hcpcs, '123456789', '000000000')
$$;
comment on function editorial.code_shape(text) is
  'The code with each digit as 0: G0000 of G0101, 0000T of 0213T. Codes of one shape are in the order of their numbers.';

-- Read by api on behalf of accounts that may read api alone.
create or replace function editorial.reviewed_values(hcpcs text, on_date date)
returns table (modifier text, field text, value text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.modifier, v.key, v.value
    from pfs.rvu r
   cross join lateral jsonb_each_text(jsonb_build_object(
           'description', description, 'status_indicator', status_indicator, 'work_rvu', work_rvu,
           'non_facility_pe_rvu', non_facility_pe_rvu, 'facility_pe_rvu', facility_pe_rvu, 'mp_rvu', mp_rvu)) v
   where r.hcpcs = reviewed_values.hcpcs and r.valid_during @> on_date
$$;
comment on function editorial.reviewed_values(text, date) is
  'What a reviewer compares a text with: description, status and RVUs of a code on a day.';
