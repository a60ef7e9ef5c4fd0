-- What a table of claim lines may hold, and how each column is read whatever its type. Text is what a CSV brings.

create function api.claim_number(given text) returns numeric
language sql immutable parallel safe as $$
  select case when given ~ '^\s*\$?\d{1,15}(\.\d{0,15})?\s*$' then btrim(given, E' $\t\r\n')::numeric
              when given ~ '^\s*\$?\d{1,3}(,\d{3}){1,4}(\.\d{0,15})?\s*$' then replace(btrim(given, E' $\t\r\n'), ',', '')::numeric end
$$;
comment on function api.claim_number(text) is
  'A number of a claim as people write it: 2, 1.0, $1,234.50. Null where the text is none, or is below zero.';

-- In PL/pgSQL, which is ready after the first line: a function in SQL that cannot be inlined is prepared again for every line.
create function api.claim_date(given text) returns date
language plpgsql immutable parallel safe as $$
declare
  t text := btrim(given);
  part integer[] := case
    when t ~ '^(19|20|21)\d\d-\d\d-\d\d$' then array[left(t, 4), substr(t, 6, 2), right(t, 2)]
    when t ~ '^(19|20|21)\d\d-\d\d?-\d\d?($|[T ])' then array[split_part(t, '-', 1), split_part(t, '-', 2), substring(t from '^\d+-\d+-(\d+)')]
    when t ~ '^\d\d?/\d\d?/(19|20|21)\d\d($| )' then array[substring(t from '^\d+/\d+/(\d+)'), split_part(t, '/', 1), split_part(t, '/', 2)]
    when t ~ '^(19|20|21)\d{6}$' then array[left(t, 4), substr(t, 5, 2), right(t, 2)] end;
begin
  if part[2] between 1 and 12 and part[3] between 1 and 31
     and (part[3] <= 28 or part[3] <= extract(day from make_date(part[1], part[2], 1) + interval '1 month' - interval '1 day')) then
    return make_date(part[1], part[2], part[3]);
  end if;
  return null;
end
$$;
comment on function api.claim_date(text) is
  'A date of a claim as people write it: 2025-10-06, 10/6/2025 (month first) or 20251006. Null where the text is none.';

create function api.claim_flag(given text) returns boolean
language sql immutable parallel safe as $$
  select case when lower(btrim(given)) in ('true', 't', 'yes', 'y', '1') then true
              when lower(btrim(given)) in ('false', 'f', 'no', 'n', '0') then false end
$$;
comment on function api.claim_flag(text) is 'Yes or no as people write it: true, t, yes, y, 1, false, f, no, n, 0. Null where the text is neither.';

-- Grain: column. What api.price_claims reads.
create view api.claim_column as
select name, kind, required, description
  from (values
    ('claim_id', 'text', true, 'Claim that the line is of.'),
    ('line', 'text', true, 'Line of the claim.'),
    ('hcpcs', 'text', true, 'HCPCS code.'),
    ('modifiers', 'modifiers', true, 'Modifiers in order: an array, or text such as 26 LT or 26,LT.'),
    ('units', 'number', true, 'Units of service; of anesthesia, its minutes where there is no column minutes.'),
    ('service_date', 'date', true, 'Day of service.'),
    ('place_of_service', 'text', true, 'Place of service, two digits.'),
    ('zip', 'text', false, 'ZIP code of the place of service: needed unless mac and locality are given.'),
    ('mac', 'text', false, 'Medicare Administrative Contractor, with locality in place of zip.'),
    ('locality', 'text', false, 'Payment locality, with mac in place of zip.'),
    ('charge', 'number', false, 'What is charged for the line, in dollars: Medicare allows no more.'),
    ('qualifying_apm', 'flag', false, 'Whether the clinician is a qualifying APM participant; no where it is not given.'),
    ('rendering_npi', 'text', false, 'Who rendered the service: surgeries of one person are ranked together.'),
    ('billing_npi', 'text', false, 'The practice: its tests and therapies of a patient and day are ranked together.'),
    ('patient_id', 'text', false, 'The patient: lines of a day are ranked together over claims; without it those of a claim are.'),
    ('practitioner', 'text', false, 'Kind of practitioner (api.practitioner_rule); a physician where it is not given.'),
    ('participating', 'flag', false, 'Whether the practitioner participates in Medicare; yes where it is not given.'),
    ('assigned', 'flag', false, 'Whether who does not participate takes assignment; yes where it is not given.'),
    ('minutes', 'number', false, 'Minutes of anesthesia.'),
    ('base_units', 'number', false, 'Base units of anesthesia in place of those of api.anesthesia_base_units.'),
    ('documented', 'flag', false, 'Whether documentation of an assistant or a second surgeon was accepted; no where it is not given.'),
    ('postoperative_days', 'number', false, 'Days of care after surgery of modifier 55, where several share it; all of them where it is not given.'),
    ('report_percent', 'number', false, 'Percentage of the amount that the contractor decided, for modifiers paid by report (22, 52, 53, 66).')
  ) c (name, kind, required, description);
comment on view api.claim_column is 'Columns that api.price_claims reads of a table of claim lines; others are ignored. Grain: column.';
comment on column api.claim_column.name is 'Name of the column.';
comment on column api.claim_column.kind is 'text, number, date, flag or modifiers; each may be text too.';
comment on column api.claim_column.required is 'Whether the table must have the column.';
comment on column api.claim_column.description is 'What the column holds.';

-- The query that reads a table of claims: every column of api.claim_column in its own type, null where the table has
-- none, and fault: what is wrong with the first value, in the order of the table's columns, that cannot be read.
create function api.claim_source(claims regclass) returns text
language plpgsql stable as $$
declare
  missing text;
  given_columns text;
  read_columns text;
  faults text;
begin
  select string_agg(c.name, ', ' order by c.name) into missing
    from api.claim_column c
   where not exists (select from pg_attribute a where a.attrelid = claims and a.attname = c.name and a.attnum > 0 and not a.attisdropped)
     and (c.required or c.name = 'zip' and (select count(*) from pg_attribute a where a.attrelid = claims and a.attname in ('mac', 'locality')) < 2);
  if missing is not null then
    raise exception '% lacks columns that claim lines need: %', claims, missing
      using errcode = 'undefined_column', hint = 'api.claim_column lists what api.price_claims reads; make a view with these names.';
  end if;
  select string_agg(format('c.%I', c.name), ', ') filter (where a.attname is not null),
         string_agg(case
           when a.attname is null then format('null::%s as %I', t.type, c.name)
           when c.kind = 'modifiers' and a.is_array then format('coalesce(array_to_string(c.%I, '' ''), '''') as %I', c.name, c.name)
           when c.kind = 'modifiers' then format('coalesce(c.%I::text, '''') as %I', c.name, c.name)
           when c.kind = 'date' and a.is_native then format('case when c.%1$I between ''1900-01-01'' and ''2199-12-31'' then c.%1$I::date end as %1$I', c.name)
           when c.kind = 'text' or a.is_native then format('c.%I::%s as %I', c.name, t.type, c.name)
           else format('%s(c.%I::text) as %I', t.reader, c.name, c.name) end, ', '),
         string_agg(case
           when c.kind = 'date' and a.is_native then format('when c.%1$I not between ''1900-01-01'' and ''2199-12-31'' then format(''%1$s %%s is no date of a claim; give one from 1900 to 2199'', c.%1$I)', c.name)
           when not a.is_native and t.reader is not null
           then format('when btrim(c.%1$I::text) <> '''' and %2$s(c.%1$I::text) is null then format(''%1$s ''''%%s'''' is no %3$s'', left(c.%1$I::text, 50))',
                       c.name, t.reader, t.hint) end, ' ' order by a.attnum)
    into given_columns, read_columns, faults
    from api.claim_column c
    join (values ('text', 'text', null, null), ('modifiers', 'text', null, null),
                 ('number', 'numeric', 'api.claim_number', 'number; write it as 2 or 1250.50, not below zero'),
                 ('date', 'date', 'api.claim_date', 'date; write it as 2025-10-06'),
                 ('flag', 'boolean', 'api.claim_flag', 'yes or no; write one of them')) t (kind, type, reader, hint) using (kind)
    -- Whatever has not the type that a column is of is read as text is: 20251006 may be a number.
    left join (select a.attnum, a.attname, y.typcategory = 'A' as is_array,
                      coalesce(k.kind = case when y.typcategory = 'N' and y.typname <> 'money' then 'number' when y.typcategory = 'B' then 'flag'
                                             when y.typname in ('date', 'timestamp', 'timestamptz') then 'date' end, false) as is_native
                 from pg_attribute a
                 join pg_type y on y.oid = a.atttypid
                 join api.claim_column k on k.name = a.attname
                where a.attrelid = claims and a.attnum > 0 and not a.attisdropped) a on a.attname = c.name;
  -- Numbered within, so that the planner sees which columns are always null.
  return format('select n, %s, %s as fault from (select row_number() over () as n, %s from %s c) c',
                read_columns, coalesce('case ' || faults || ' end', 'null::text'), given_columns, claims);
end
$$;
comment on function api.claim_source(regclass) is
  'The query by which api.price_claims reads a table of claim lines. Fails where the table lacks a column that it needs.';
