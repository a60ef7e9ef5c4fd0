-- DuckDB: api.physician_rates of a year (table source) as rows of rate, in their order. What follows each other and says
-- the same becomes one row; what one conversion factor serves becomes a row for each kind of clinician, so that joins ask
-- for equality.
with adjacent as (
  -- Codes of which some range follows another. The others, nearly all, need no second look.
  select hcpcs, modifier
    from source
   group by all
  having list_has_any(array_agg(distinct valid_from), array_agg(distinct valid_to + 1))
), side as (
  select hcpcs, modifier, 'non_facility' as setting, mac || '-' || locality as geography, qualifying_apm, valid_from, valid_to, basis,
         non_facility_amount as amount, non_facility_uncapped_amount as uncapped_amount,
         non_facility_opps_cap_amount as opps_cap_amount, non_facility_reduced_amount as reduced_amount
    from source
   where non_facility_amount is not null
   union all
  select hcpcs, modifier, 'facility', mac || '-' || locality, qualifying_apm, valid_from, valid_to, basis,
         facility_amount, facility_uncapped_amount, facility_opps_cap_amount, facility_reduced_amount
    from source
   where facility_amount is not null
), marked as (
  select s.*,
         coalesce(lag(valid_to) over days + 1 = valid_from and lag(says) over days is not distinct from says, false) as goes_on,
         coalesce(lead(valid_from) over days - 1 = valid_to and lead(says) over days is not distinct from says, false) as is_continued
    from (select *, row(amount, uncapped_amount, opps_cap_amount, reduced_amount, basis) as says from side semi join adjacent using (hcpcs, modifier)) s
  window days as (partition by hcpcs, modifier, setting, geography, qualifying_apm order by valid_from)
), ends as (
  -- The first and the last piece of each row.
  select * exclude (says, valid_to), case when is_continued then lead(valid_to) over days else valid_to end as valid_to
    from marked
   where not (goes_on and is_continued)
  window days as (partition by hcpcs, modifier, setting, geography, qualifying_apm order by valid_from)
), ranged as (
  select * from side anti join adjacent using (hcpcs, modifier)
   union all by name
  select * exclude (goes_on, is_continued) from ends where not goes_on
   order by hcpcs, modifier, setting, geography, valid_from, qualifying_apm
)
select hcpcs, modifier, setting, 'locality' as geography_kind, geography,
       unnest(case when qualifying_apm is null then [false, true] else [qualifying_apm] end) as qualifying_apm, valid_from, valid_to,
       amount, uncapped_amount, opps_cap_amount, reduced_amount, 'service' as unit, basis
  from ranged
