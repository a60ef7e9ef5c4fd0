-- severity: refuse
-- Every day on which the revision is in force holds exactly its rows, in every table.
select format('%s of %s %s', key, table_name, fault) as message
  from ops.coverage_faults(current_setting('cms_fees.release'), current_setting('cms_fees.sha256'),
                           current_setting('cms_fees.schema'))
