-- DuckDB: api.schedule_rates of a schedule and year (table source) as rows of rate.
select hcpcs, modifier, setting, geography_kind, geography, qualifying_apm, valid_from, valid_to, amount,
       null::decimal(12, 4) as uncapped_amount, null::decimal(12, 4) as opps_cap_amount, null::decimal(12, 4) as reduced_amount, unit, basis
  from source
 order by hcpcs, modifier, setting, geography, valid_from, qualifying_apm
