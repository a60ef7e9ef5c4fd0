-- What functions of api accept of people and of claims, with the blanks, tabs and ends of lines that cling to it. Each
-- gives the canonical form, or null for what has none.

create function api.clean_hcpcs(hcpcs text) returns text
language sql immutable as $$
  select case
    when h ~ '^(\d{4}[\dA-Z]|[A-Z]\d{4}|[A-Z]X{3}\d)$' then h
    -- Only anesthesia codes begin with 00 or 01: these have lost their zeros.
    when h ~ '^1?\d{3}$' then lpad(h, 5, '0')
  end from (select upper(btrim(clean_hcpcs.hcpcs, E' \t\r\n' || chr(160))) as h) c
$$;
comment on function api.clean_hcpcs(text) is
  'A HCPCS code as CMS writes it: upper case, without spaces, with the zeros that a spreadsheet dropped. Null where the text has no code''s shape.';

create function api.clean_mac(mac text) returns text
language sql immutable as $$
  select case when m ~ '^\d{3,5}$' then lpad(m, 5, '0') end
    from (select btrim(clean_mac.mac, E' \t\r\n' || chr(160)) as m) c
$$;
comment on function api.clean_mac(text) is
  'A Medicare Administrative Contractor''s number of five digits: without spaces, with the zeros that a spreadsheet dropped (2102 is 02102). Null where the text is no such number.';

create function api.clean_locality(locality text) returns text
language sql immutable as $$
  select case when l ~ '^\d{1,2}$' then lpad(l, 2, '0') end
    from (select btrim(clean_locality.locality, E' \t\r\n' || chr(160)) as l) c
$$;
comment on function api.clean_locality(text) is
  'A payment locality of two digits: without spaces, with the zero that a spreadsheet dropped (0 is 00). Null where the text is no such number.';

create function api.clean_zip(zip text) returns text
language sql immutable as $$
  select case
    when z ~ '^\d{3,5}$' then lpad(z, 5, '0')
    when z ~ '^\d{3,5}[- ]\d{4}$' then lpad(substring(z from '^\d+'), 5, '0')
    when z ~ '^\d{7,9}$' then left(lpad(z, 9, '0'), 5)
  end from (select btrim(clean_zip.zip, E' \t\r\n' || chr(160)) as z) c
$$;
comment on function api.clean_zip(text) is
  'The first five digits of a ZIP code of five or nine digits, with the zeros that a spreadsheet dropped (4101 is 04101). Null where the text is no ZIP code.';

create function api.modifiers(modifiers text) returns text[]
language sql immutable as $$
  select array_remove(regexp_split_to_array(upper(coalesce(modifiers.modifiers, '')), '[^A-Z0-9]+'), '')
$$;
comment on function api.modifiers(text) is
  'The modifiers of a claim line, in order: ''26 LT'', ''26,lt'' and ''26-LT'' are {26,LT}; null and blanks are none.';

-- Modifiers that the relative value files have rows for.
create function api.schedule_modifier(modifiers text) returns text
language sql immutable as $$
  select case count(distinct m)
    when 0 then '' when 1 then min(m) end
    from unnest(api.modifiers(schedule_modifier.modifiers)) m
   where m in ('26', 'TC', '53')
$$;
comment on function api.schedule_modifier(text) is
  'The one of a claim line''s modifiers that the fee schedule has rows for: 26, TC or 53; empty text where none is. Null where several are: no row is for both.';

create function api.modifier_fault(modifiers text) returns text
language sql immutable as $$
  select case
    when exists (select from unnest(api.modifiers(modifier_fault.modifiers)) m where length(m) <> 2)
      then format('''%s'' has a modifier that is not two characters long', left(modifier_fault.modifiers, 50))
    when api.schedule_modifier(modifier_fault.modifiers) is null
      then format('''%s'' names several of 26, TC and 53', modifier_fault.modifiers)
    -- Each of a group says who did what, or which part: two contradict each other.
    when api.modifiers(modifier_fault.modifiers) && '{62,66}' and api.modifiers(modifier_fault.modifiers) && '{80,81,82,AS}'
      then format('''%s'' names a surgeon (62, 66) and an assistant (80, 81, 82, AS)', modifier_fault.modifiers)
    else (select format('''%s'' names several of %s', modifier_fault.modifiers, array_to_string(g.modifiers, ', '))
            from (values ('{80,81,82}'::text[]), ('{54,55,56}'), ('{62,66}'), ('{CQ,CO}'), ('{AA,AD,QK,QX,QY,QZ}')) g (modifiers)
           where (select count(distinct m) from unnest(api.modifiers(modifier_fault.modifiers)) m where m = any (g.modifiers)) > 1
           limit 1)
  end
$$;
comment on function api.modifier_fault(text) is
  'What is wrong with the modifiers of a claim line; null where they can be priced.';

-- Modifiers by which Medicare pays another amount than that of the code's row.
create function api.unpriced_modifiers(modifiers text) returns text
language sql immutable as $$
  select string_agg(m, ', ' order by position)
    from unnest(api.modifiers(unpriced_modifiers.modifiers)) with ordinality u (m, position)
   where m in ('22', '50', '51', '52', '54', '55', '56', '62', '66', '73', '74', '78', '80', '81', '82', 'AS', 'CT', 'FX', 'FY')
$$;
comment on function api.unpriced_modifiers(text) is
  'Those of a claim line''s modifiers that change what Medicare pays (Medicare Claims Processing Manual, chapter 12, section 40) and are not priced by api.payment; null where there are none.';

-- Grain: modifier and document. For who asks whether there is such a modifier.
create view api.known_modifier as
select modifier, document
  from claim.modifier
 union
select hcpcs, 'HCPCS Level II file'
  from hcpcs.hcpcs
 where kind = 'modifier';
comment on view api.known_modifier is
  'Modifiers that claims may have, of CPT and of HCPCS Level II, with those of the loaded HCPCS Level II files. Grain: modifier and document.';
comment on column api.known_modifier.modifier is 'Modifier of a claim line, two characters.';
comment on column api.known_modifier.document is 'Manual or file that has it.';

-- Ambulances are billed with a letter for where the way began and one for where it ended.
create function api.unknown_modifiers(hcpcs text, modifiers text) returns text
language sql stable as $$
  select string_agg(m, ', ' order by position)
    from unnest(api.modifiers(unknown_modifiers.modifiers)) with ordinality u (m, position)
   where not exists (select from api.known_modifier k where k.modifier = m)
     and not (unknown_modifiers.hcpcs like 'A0%' and m ~ '^[DEGHIJNPRSX]{2}$')
$$;
comment on function api.unknown_modifiers(text, text) is
  'Those of a claim line''s modifiers that api.known_modifier does not have, nor are an ambulance''s origin and destination (Medicare Claims Processing Manual, chapter 15, section 30); null where there are none.';
