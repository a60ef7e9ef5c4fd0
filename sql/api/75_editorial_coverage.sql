-- Grain: HCPCS code that has a page. Key: hcpcs.
-- For editors: what explains each code, and which of the codes Medicare pays by RVUs.
create view api.code_coverage as
select c.hcpcs, c.short_description,
       coalesce(g.category, '') as category,
       coalesce(g.content ->> 'label', 'no category') as label,
       k.family,
       c.paid,
       u.allowed_amount,
       coalesce(e.content ->> 'status', 'missing') as state,
       case when e.hcpcs is not null then 'own' when k.family is not null then 'family' else 'nothing' end as explained_by
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
  left join api.code_family k on k.hcpcs = c.hcpcs
  left join api.national_use u on u.hcpcs = c.hcpcs
  left join editorial.category g on g.category = k.category;
comment on view api.code_coverage is
  'What explains each of the codes that have a page. Grain: HCPCS code.';
comment on column api.code_coverage.category is 'Category of editorial/categories; empty text where none holds the code.';
comment on column api.code_coverage.label is 'Name of the category on a page.';
comment on column api.code_coverage.family is 'Short name of the family; null where none has the code.';
comment on column api.code_coverage.paid is 'Whether Medicare pays the code by RVUs.';
comment on column api.code_coverage.allowed_amount is 'What Medicare allowed for it in the nation in the latest year of Part B utilization that is loaded, in dollars; null where none is, or the year lacks the code.';
comment on column api.code_coverage.state is 'missing, draft or reviewed: the entry of the code itself.';
comment on column api.code_coverage.explained_by is 'own: an entry of the code; family: the text of its family alone; nothing: neither.';

-- Grain: category with codes that have a page. Key: category.
-- For editors: where writing helps most, first where most codes lack a text of their own that Medicare pays by RVUs.
create view api.editorial_coverage as
select category, label,
       count(*) as codes,
       count(*) filter (where explained_by = 'own') as own_text,
       count(*) filter (where explained_by = 'family') as family_text,
       count(*) filter (where explained_by = 'nothing') as nothing,
       count(*) filter (where state = 'reviewed') as reviewed,
       count(*) filter (where state = 'missing' and paid) as paid_without_own_text,
       sum(allowed_amount) as allowed_amount,
       sum(allowed_amount) filter (where explained_by = 'own') as own_text_allowed_amount
  from api.code_coverage
 group by category, label
 order by paid_without_own_text desc, family_text desc, category;
comment on view api.editorial_coverage is
  'By what the codes that have a page are explained, the category first in which most paid codes lack a text of their own. Grain: category. codes is the sum of own_text, family_text and nothing.';
comment on column api.editorial_coverage.category is 'Category of editorial/categories; empty text for codes that none holds.';
comment on column api.editorial_coverage.label is 'Its name on a page.';
comment on column api.editorial_coverage.codes is 'Codes that have a page.';
comment on column api.editorial_coverage.own_text is 'Codes that have an entry of their own, draft or reviewed.';
comment on column api.editorial_coverage.family_text is 'Codes that the text of their family alone explains.';
comment on column api.editorial_coverage.nothing is 'Codes that neither explains.';
comment on column api.editorial_coverage.reviewed is 'Codes whose entry is reviewed.';
comment on column api.editorial_coverage.paid_without_own_text is 'Codes without an entry of their own that Medicare pays by RVUs.';
comment on column api.editorial_coverage.allowed_amount is 'What Medicare allowed for its codes in the nation in a year, in dollars (api.national_use); null where no data of a year are loaded, or they have none of them.';
comment on column api.editorial_coverage.own_text_allowed_amount is 'Of that, for codes that have an entry of their own; null where there are none.';
