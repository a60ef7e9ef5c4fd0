-- Grain: HCPCS Level II code of the file in force today. Key: hcpcs.
-- For code-reference pages: CMS's own words for a code, and the file that they stand in.
create view api.long_description as
select h.hcpcs,
       h.long_description,
       jsonb_build_object('source', 'CMS', 'release', p.release, 'file', f.member, 'effective_from', p.valid_from) as provenance
  from hcpcs.hcpcs h
  left join api.release_period p on p.table_name = 'hcpcs' and p.period @> current_date
  left join ops.release_file f on (f.release, f.sha256, f.dataset) = (p.release, p.sha256, 'hcpcs')
 where h.kind = 'procedure'
   and h.valid_during @> current_date;
comment on view api.long_description is
  'CMS''s long description of a code, and where it stands. Grain: HCPCS Level II code of the file in force today.';
