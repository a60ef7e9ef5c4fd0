-- Grain: HCPCS code that has a page. Key: hcpcs.
-- For editors: which codes have an entry, and which of the others Medicare pays by RVUs.
create view api.code_coverage as
select c.hcpcs, c.short_description,
       coalesce(g.category, '') as category,
       coalesce(g.content ->> 'label', 'no category') as label,
       c.paid,
       coalesce(e.content ->> 'status', 'missing') as state
  from (
    select r.hcpcs, min(r.description) as short_description,
           bool_or(s.pays_rvus and (r.non_facility_total_rvu > 0 or r.facility_total_rvu > 0)) as paid
      from pfs.rvu r
      join api.status_payment s on s.status_indicator = r.status_indicator and s.valid_during @> current_date
     where r.valid_during @> current_date
     group by r.hcpcs
     union all
    select hcpcs, short_description, false from api.unlisted_code
  ) c
  left join editorial.entry e on e.hcpcs = c.hcpcs
  left join lateral (
    select category, content
      from editorial.category
     where code_system = api.code_system(c.hcpcs)
       and c.hcpcs between first_code and last_code
     order by first_code desc
     limit 1
  ) g on true;
comment on view api.code_coverage is
  'Which of the codes that have a page editors have written about. Grain: HCPCS code.';
comment on column api.code_coverage.category is 'Category of editorial/categories; empty text where none holds the code.';
comment on column api.code_coverage.label is 'Name of the category on a page.';
comment on column api.code_coverage.paid is 'Whether Medicare pays the code by RVUs.';
comment on column api.code_coverage.state is 'missing, draft or reviewed.';

-- Grain: category with codes that have a page. Key: category.
-- For editors: where writing helps most, first where most codes are missing that Medicare pays by RVUs.
create view api.editorial_coverage as
select category, label,
       count(*) as codes,
       count(*) filter (where state <> 'missing') as written,
       count(*) filter (where state = 'reviewed') as reviewed,
       count(*) filter (where state = 'missing') as missing,
       count(*) filter (where state = 'missing' and paid) as missing_paid
  from api.code_coverage
 group by category, label
 order by missing_paid desc, missing desc, category;
comment on view api.editorial_coverage is
  'What is written about the codes that have a page, the category with most paid codes missing first. Grain: category.';
comment on column api.editorial_coverage.category is 'Category of editorial/categories; empty text for codes that none holds.';
comment on column api.editorial_coverage.label is 'Its name on a page.';
comment on column api.editorial_coverage.codes is 'Codes that have a page.';
comment on column api.editorial_coverage.written is 'Codes that have an entry, draft or reviewed.';
comment on column api.editorial_coverage.reviewed is 'Codes whose entry is reviewed.';
comment on column api.editorial_coverage.missing is 'Codes without an entry.';
comment on column api.editorial_coverage.missing_paid is 'Codes without an entry that Medicare pays by RVUs.';
