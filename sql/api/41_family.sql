-- Grain: family. Key: family.
-- For browsing: what codes are about, in words that people use.
create view api.family as
select f.family, f.category, c.content ->> 'label' as category_label, f.content ->> 'codes' as codes,
       f.content ->> 'name' as name,
       nullif(f.content -> 'synonyms', '[]') as synonyms,
       f.content ->> 'plain_language' as plain_language,
       f.content -> 'performed_by' as performed_by,
       f.content ->> 'payment' as payment,
       editorial.provenance(f.source_file, f.content) as provenance,
       min(f.first_code) as first_code
  from editorial.family f
  join editorial.category c using (category)
 group by f.family, f.category, c.content, f.content, f.source_file;
comment on view api.family is
  'Families of codes, explained in our own words. Grain: family. A code belongs to one family (api.code_family), a family to one category.';
comment on column api.family.family is 'Short name of the family.';
comment on column api.family.category is 'Category of editorial/categories that the family belongs to.';
comment on column api.family.category_label is 'Name of the category on a page.';
comment on column api.family.codes is 'Ranges of codes, both ends included, and single codes, between commas.';
comment on column api.family.name is 'What it is called on a page.';
comment on column api.family.synonyms is 'What else people call it, a JSON list; null where there is nothing.';
comment on column api.family.plain_language is 'What such services or items are, for a patient.';
comment on column api.family.performed_by is 'Who does, supplies or reports them, a JSON list.';
comment on column api.family.payment is 'How they are paid.';
comment on column api.family.provenance is 'File of editorial/ that says so, and the state of its review, as JSON.';
comment on column api.family.first_code is 'Its first code, to put families in the order of codes.';

-- Grain: HCPCS code that any loaded file or entry of ours knows. Key: hcpcs.
-- For code pages and for sums by family. A condition on hcpcs reaches the index.
create view api.code_family as
select d.hcpcs, f.family, f.category, f.content ->> 'name' as name,
       f.content ->> 'plain_language' as plain_language,
       f.content -> 'performed_by' as performed_by,
       f.content ->> 'payment' as payment,
       editorial.provenance(f.source_file, f.content) as provenance
  from search.document d
  -- Ranges share no code: the last one that begins at the code or before it holds the code, or none does.
  left join lateral (
    select *
      from editorial.family
     where shape = editorial.code_shape(d.hcpcs) and first_code <= d.hcpcs
     order by first_code desc
     limit 1
  ) f on d.hcpcs collate "C" <= f.last_code;
comment on view api.code_family is
  'Which family a code belongs to. Grain: HCPCS code that any loaded file or entry of ours knows. Everything else is null for a code that no family has.';
comment on column api.code_family.family is 'Short name of the family; null where none has the code.';
comment on column api.code_family.category is 'Category that the family belongs to; null where no family has the code.';
comment on column api.code_family.name is 'What the family is called on a page; null where none has the code.';
comment on column api.code_family.plain_language is 'What such services or items are, for a patient; null where no family has the code.';
comment on column api.code_family.performed_by is 'Who does, supplies or reports them, a JSON list; null where no family has the code.';
comment on column api.code_family.payment is 'How they are paid; null where no family has the code.';
comment on column api.code_family.provenance is 'File of editorial/ that says so, and the state of its review, as JSON; null where no family has the code.';
