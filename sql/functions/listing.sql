-- The codes of every file that keeps a description of them. Made from schemas/ by `npm run docs`; change the schema, not this file.

drop view if exists search.listing cascade;
create view search.listing as
select *
  from (
    select 'rvu' as table_name, 0 as place, hcpcs, description as short_description, null::text as long_description, valid_during
      from pfs.rvu
     union all
    select 'hcpcs' as table_name, 2 as place, hcpcs, short_description, long_description, valid_during
      from hcpcs.hcpcs
     union all
    select 'clfs' as table_name, 3 as place, hcpcs, short_description, coalesce(extended_description, long_description) as long_description, valid_during
      from clfs.clfs
     union all
    select 'asp' as table_name, 4 as place, hcpcs, short_description, null::text as long_description, valid_during
      from asp.asp
     union all
    select 'asp_ndc' as table_name, 5 as place, hcpcs, short_description, null::text as long_description, valid_during
      from asp.asp_ndc
     union all
    select 'dmepos' as table_name, 6 as place, hcpcs, short_description, null::text as long_description, valid_during
      from dmepos.dmepos
     union all
    select 'dmepos_pen' as table_name, 6 as place, hcpcs, short_description, null::text as long_description, valid_during
      from dmepos.dmepos_pen
     union all
    select 'dmepos_former_cba' as table_name, 6 as place, hcpcs, short_description, null::text as long_description, valid_during
      from dmepos.dmepos_former_cba
     union all
    select 'dmepos_mail_order' as table_name, 6 as place, hcpcs, short_description, null::text as long_description, valid_during
      from dmepos.dmepos_mail_order
     union all
    select 'asc_procedure' as table_name, 7 as place, hcpcs, short_description, null::text as long_description, valid_during
      from asc_addenda.asc_procedure
     union all
    select 'asc_ancillary' as table_name, 7 as place, hcpcs, short_description, null::text as long_description, valid_during
      from asc_addenda.asc_ancillary
     union all
    select 'asc_excluded_procedure' as table_name, 7 as place, hcpcs, short_description, null::text as long_description, valid_during
      from asc_addenda.asc_excluded_procedure
     union all
    select 'asc_device_offset' as table_name, 7 as place, hcpcs, short_description, null::text as long_description, valid_during
      from asc_addenda.asc_device_offset
  ) described
 -- Modifiers stand in the column of codes too. Of a pattern the planner asks what it knows of the column, of a length nothing.
 where hcpcs like '_____';
comment on view search.listing is
  'The codes of every file that keeps a description of them, and what it calls them. Grain: version of the table. place: the lower, the sooner its words are taken; a description is null where the file has none.';

select search.watch(source) from unnest(array[
  'pfs.rvu',
  'hcpcs.hcpcs',
  'clfs.clfs',
  'asp.asp',
  'asp.asp_ndc',
  'dmepos.dmepos',
  'dmepos.dmepos_pen',
  'dmepos.dmepos_former_cba',
  'dmepos.dmepos_mail_order',
  'asc_addenda.asc_procedure',
  'asc_addenda.asc_ancillary',
  'asc_addenda.asc_excluded_procedure',
  'asc_addenda.asc_device_offset'
]::regclass[]) source;
