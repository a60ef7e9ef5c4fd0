-- The rules for several procedures of a patient on a day (api.multiple_procedure_rule): which lines are ranked together,
-- and what is paid of each. Text, as in 83_claim_query.sql.
create function api.claim_query_neighbors() returns text
language sql immutable as $function$
  select $$
  -- Days on which a patient has several lines, or units, that a rule could concern: one alone is paid in full, but for
  -- its technical part. Two days with one key do no harm, since lines are ranked by patient and day.
  crowd as materialized (
    select l.day_key
      from candidate l
     where l.has_neighbors
     group by 1
    having count(*) > 1 or bool_or(l.units > 1) or bool_or(l.variant in (select variant from variant where technical_share <> 1))
  ),
  neighbor as materialized (
    select l.n, l.day_key, l.patient, l.service_date, coalesce(l.rendering_npi, '') as physician, coalesce(l.billing_npi, '') as practice,
           v.role, v.epoch, v.hcpcs, v.modifier, v.multiple, v.endoscopic_base, v.is_endoscopic, v.returns, v.separate, v.setting, v.participation,
           l.work_gpci, l.pe_gpci, l.mp_gpci, v.factor, l.variant,
           l.unit, l.charge, v.work_rvu, l.procedures as units,
           case when l.units = 1 and not v.both_sides then v.side end as side, v.share_of_both,
           l.sides, l.unit * l.sides as value,
           -- Without the percentage that a contractor decides a line has no amount, and yet its rank: its fee decides that.
           v.share * case when v.report is not null then l.report_percent / 100 else 1 end * coalesce(l.postoperative_days / v.postoperative_period, 1) as share,
           v.technical_share, v.multiple between '4' and '7' and not (v.multiple = '4' and v.separate) as has_parts
      from candidate l
      join crowd w on w.day_key = l.day_key
      join variant v on v.variant = l.variant
     where l.has_neighbors
       and v.modifier_refusal is null and (v.undocumented is null or l.documented)
  ),
  -- Tests with their technical and professional parts. A discontinued one (53) without a row of its own has those of the whole.
  split as materialized (
    select s.*, v.work, v.pe, v.mp, v.adjustment, pc.hcpcs is not null as has_professional, a.professional, a.technical, a.technical_cap
      from neighbor s
      join variant v on v.variant = s.variant
      left join code tc on tc.epoch = s.epoch and tc.hcpcs = s.hcpcs and tc.modifier = 'TC' and s.modifier in ('', '53') and (s.multiple in ('4', '6', '7') or s.technical_share <> 1)
      left join code pc on pc.epoch = s.epoch and pc.hcpcs = s.hcpcs and pc.modifier = '26' and s.modifier in ('', '53') and (s.multiple in ('4', '6', '7') or s.technical_share <> 1)
     -- Of a whole test whose parts are codes of their own, the technical part is the sum of theirs.
     cross join lateral (
       select count(*) > 0 as is_global,
              case when count(t.technical_hcpcs) = count(*) then
                sum(round(api.payable_amount(t.work, case s.setting when 'facility' then t.facility_pe else t.non_facility_pe end, t.mp, null, null,
                                             s.work_gpci, s.pe_gpci, s.mp_gpci, s.factor, t.adjustment) * s.participation, 2)) end as technical
         from technical_code t
        where t.epoch = s.epoch and t.hcpcs = s.hcpcs and s.multiple in ('6', '7')
       offset 0
     ) whole
     cross join lateral (
       select case when s.modifier = '26' then s.unit
                   when whole.is_global then s.unit - whole.technical
                   when pc.hcpcs is not null then
                     round(api.payable_amount(pc.work, case s.setting when 'facility' then pc.facility_pe else pc.non_facility_pe end, pc.mp, null, null,
                                              s.work_gpci, s.pe_gpci, s.mp_gpci, s.factor, pc.adjustment) * s.participation, 2) end as professional,
              case when whole.is_global then whole.technical
                   when s.modifier <> '26' then
                round(api.payable_amount(t.work, t.pe, t.mp, null, null, s.work_gpci, s.pe_gpci, s.mp_gpci, s.factor, t.adjustment) * s.participation, 2) end as technical,
              case when s.modifier <> '26' and not whole.is_global then
                round(api.fee(t.work, t.pe_opps, t.mp_opps, s.work_gpci, s.pe_gpci, s.mp_gpci, s.factor) * s.participation, 2) end as technical_cap
         -- A test without a row for the professional part is technical as a whole.
         from (select v.work, v.pe, v.mp, v.pe_opps, v.mp_opps, v.adjustment where pc.hcpcs is null
                union all
               select tc.work, case s.setting when 'facility' then tc.facility_pe else tc.non_facility_pe end, tc.mp,
                      case s.setting when 'facility' then tc.facility_pe_opps else tc.non_facility_pe_opps end, tc.mp_opps, tc.adjustment
                where pc.hcpcs is not null) t
       offset 0
     ) a
     where s.has_parts or s.technical_share <> 1
  ),
  -- Lines that are ranked as a whole. Of tests on old equipment the technical part is less, after the OPPS cap.
  undivided as not materialized (
    select n, epoch, day_key, patient, service_date, physician, role, hcpcs, multiple, endoscopic_base, is_endoscopic, returns, setting, participation,
           work_gpci, pe_gpci, mp_gpci, factor, charge, work_rvu, units, side, share_of_both, sides, value, share, false as is_reduced
      from neighbor
     where technical_share = 1
     union all
    select n, epoch, day_key, patient, service_date, physician, role, hcpcs, multiple, endoscopic_base, is_endoscopic, returns, setting, participation,
           work_gpci, pe_gpci, mp_gpci, factor, charge, work_rvu, units, side, share_of_both, sides,
           (case when has_professional then professional else 0 end + least(technical, technical_cap) * technical_share) * sides, share, true
      from split
     where technical_share <> 1 and has_parts is not true
  ),
  -- Surgeries that may be one with others: endoscopies of one family, with their base code, count as one; so do both sides of one code.
  twin as (
    select *, side is not null and share_of_both is not null and count(*) filter (where side = 'LT') over same = 1
              and count(*) filter (where side = 'RT') over same = 1 as in_pair, min(n) over same as first_of_code
      from (select *, coalesce(endoscopic_base, hcpcs) as family from undivided
             where not returns and (is_endoscopic and multiple in ('2', '3') or side is not null and (is_reduced or coalesce(multiple, '') not between '4' and '7'))) u
    window same as (partition by day_key, patient, service_date, physician, role, hcpcs)
  ),
  sibling as (
    select *, is_family and multiple in ('2', '3') as in_family, value * part_of_pair as part_value
      from (select t.*, case when in_pair then share_of_both / 2 else 1 end as part_of_pair, bool_or(multiple = '3') over kin as is_family,
                   -- The base is included in any other; a pair is worth both of its lines.
                   dense_rank() over (kin order by hcpcs = family, case when in_pair then value * share_of_both else value end desc,
                                      case when in_pair then first_of_code else n end) as rank_in_family
              from twin t
            window kin as (partition by day_key, patient, service_date, physician, role, family)) t
  ),
  related as (
    select s.*, case when in_family and rank_in_family > 1 then greatest(part_value - base.amount, 0) else part_value end as first_value,
           case when in_family then greatest(value - base.amount, 0) else value end as next_value,
           case when in_family and rank_in_family > 1 then base.work else 0 end as first_base_work,
           case when in_family then base.work else 0 end as next_base_work,
           case when in_family then 'family ' || family when in_pair then 'pair ' || family else s.n::text end as entity
      from sibling s
      left join code c on c.epoch = s.epoch and c.hcpcs = s.family and c.modifier = '' and s.in_family
      left join both_sides b on b.epoch = s.epoch and b.bilateral = c.bilateral and (s.sides <> 1 or s.in_pair)
     cross join lateral (
       select case when s.hcpcs = s.family then s.value
                   else round(api.payable_amount(c.work, case s.setting when 'facility' then c.facility_pe else c.non_facility_pe end, c.mp,
                                                 case s.setting when 'facility' then c.facility_pe_opps else c.non_facility_pe_opps end, c.mp_opps,
                                                 s.work_gpci, s.pe_gpci, s.mp_gpci, s.factor, c.adjustment) * s.participation, 2)
                          * coalesce(b.share, 1) / case when s.in_pair then 2 else 1 end end as amount,
              c.work_rvu * case when s.in_pair then coalesce(b.share, 1) / 2 else 1 end as work
       offset 0
     ) base
  ),
  surgery as (
    select n, epoch, day_key, patient, service_date, physician, role, multiple, units, value, share, sides, part_of_pair, work_rvu,
           in_family, in_pair, first_value, next_value, first_base_work, next_base_work,
           case when in_family or in_pair then 1 else units end as procedures,
           case when in_family or in_pair then sum(first_value + (units - 1) * next_value) over entity else value end as worth,
           case when in_family or in_pair then sum(charge) over entity else charge / units end as charged,
           min(n) over entity as entity_n, row_number() over (entity order by n) = 1 as is_first
      from related
    window entity as (partition by day_key, patient, service_date, physician, role, entity)
     union all
    select n, epoch, day_key, patient, service_date, physician, role, multiple, units, value, share, sides, 1, work_rvu,
           false, false, value, value, 0, 0, units, value, charge / units, n, true
      from undivided
     where not returns and (multiple in ('2', '3') and not is_endoscopic or is_reduced) and side is null
  ),
  -- By what one procedure is worth, whatever the units of its line; of equal ones the one that more is charged for comes first.
  ranked_surgery as (
    select s.*, s.multiple in ('2', '3') as is_ranked,
           sum(case when multiple in ('2', '3') and is_first then procedures else 0 end)
             over (partition by day_key, patient, service_date, physician, role order by worth desc, charged desc nulls last, entity_n, n) - procedures + 1 as position
      from surgery s
  ),
  -- One row for each share that the units of a line are paid by.
  surgery_part as materialized (
    select s.n, s.first_value, s.first_value = s.value * s.part_of_pair as is_whole, s.units, s.procedures > 1 and s.is_ranked as is_several, s.in_family, case when s.in_pair then s.part_of_pair end as pair, overlap.share, overlap.share is null as by_report,
           case when s.in_family or s.in_pair
                then round(s.first_value * s.share * overlap.share, 2) + (s.units - 1) * round(s.next_value * s.share * overlap.share, 2)
                else overlap.procedures * round(s.value * s.share * overlap.share, 2) end as amount,
           greatest(case when s.in_family or s.in_pair
                then s.units * s.work_rvu * s.sides * s.part_of_pair - s.first_base_work - (s.units - 1) * s.next_base_work
                else overlap.procedures * s.work_rvu * s.sides end, 0) * s.share * overlap.share as work
      from ranked_surgery s
      left join multiple_rule r on r.epoch = s.epoch and r.multiple = s.multiple and s.is_ranked
       and s.position + s.procedures > r.first_rank and s.position <= coalesce(r.last_rank, 1000000000)
     cross join lateral (select case when s.is_ranked then least(s.position + s.procedures - 1, coalesce(r.last_rank, 1000000000)) - greatest(s.position, r.first_rank) + 1
                                     else s.procedures end as procedures,
                                case when s.is_ranked then r.share else 1 end as share) overlap
  ),
  surgery_amount as (
    select n, amount, by_report, work, first_value, case when units = 1 and is_whole then share end as factor, in_family, pair, null::numeric as before_technical
      from surgery_part
     where not is_several
     union all
    select n, sum(amount), bool_or(by_report), sum(work), max(first_value), case when min(units) = 1 then max(share) end, false, null, null
      from surgery_part
     where is_several
     group by n
  ),
  -- Tests with a technical and a professional part, each ranked for itself, and therapies, ranked by practice expense.
  -- Both sides on two lines, of a code that is paid once for both, are one unit of two halves.
  part as (
    select t.*, case when in_pair then 0.5 else 1 end as part_of_pair,
           sum(counted) over (tests order by professional desc nulls last, first_of_code, n) - units + 1 as professional_rank,
           sum(counted) over (tests order by technical desc nulls last, first_of_code, n) - units + 1 as technical_rank,
           sum(counted) over (tests order by pe desc, unit desc, first_of_code, n) - units + 1 as practice_expense_rank
      from (select p.*, case when in_pair and n > first_of_pair then 0 else units end as counted, case when in_pair then first_of_pair else n end as first_of_code
              from (select s.*, side is not null and share_of_both = 1 and count(*) filter (where side = 'LT') over same = 1
                                and count(*) filter (where side = 'RT') over same = 1 as in_pair, min(n) filter (where side is not null) over same as first_of_pair
                      from split s
                     where has_parts
                    window same as (partition by day_key, patient, service_date, practice, hcpcs, modifier)) p) t
    window tests as (partition by day_key, patient, service_date, practice, multiple)
  ),
  part_rule as (
    select epoch, multiple, coalesce(max(share) filter (where part = 'professional' and first_rank = 2), 1) as professional,
           coalesce(max(share) filter (where part = 'technical' and first_rank = 2), 1) as technical,
           coalesce(max(share) filter (where part = 'practice expense' and first_rank = 2), 1) as practice_expense
      from multiple_rule where multiple between '4' and '7' group by 1, 2
  ),
  part_amount as (
    select p.n, first.amount + (p.units - 1) * next.amount as amount, false as by_report,
           (first.work + (p.units - 1) * next.work) * p.share * p.sides * p.part_of_pair * p.work_rvu as work, p.value as first_value, null::numeric as factor, false as in_family, p.part_of_pair as pair,
           first.before_technical + (p.units - 1) * next.before_technical as before_technical
      from part p
      join part_rule r using (epoch, multiple)
     cross join lateral (values (1, p.professional_rank = 1, p.technical_rank = 1, p.practice_expense_rank = 1)) f (place, professional_in_full, technical_in_full, practice_expense_in_full)
     cross join lateral api.part_payment(p.unit, p.multiple, p.professional, p.technical, p.technical_cap,
       case when f.professional_in_full then 1 else r.professional end, case when f.technical_in_full then 1 else r.technical end,
       case when p.multiple = '5' and not f.practice_expense_in_full then
         round(api.payable_amount(p.work, p.pe * r.practice_expense, p.mp, null, null, p.work_gpci, p.pe_gpci, p.mp_gpci, p.factor, p.adjustment) * p.participation, 2) end,
       p.share * p.sides * p.part_of_pair, p.technical_share) first
     cross join lateral api.part_payment(p.unit, p.multiple, p.professional, p.technical, p.technical_cap, r.professional, r.technical,
       case when p.multiple = '5' then
         round(api.payable_amount(p.work, p.pe * r.practice_expense, p.mp, null, null, p.work_gpci, p.pe_gpci, p.mp_gpci, p.factor, p.adjustment) * p.participation, 2) end,
       p.share * p.sides, p.technical_share) next
     where p.units > 1 or p.in_pair or p.technical_share <> 1 or not (f.professional_in_full and f.technical_in_full and f.practice_expense_in_full)
  ),
  -- Services that are paid only where nothing else is payable to the same person that day.
  dependent as materialized (
    select distinct on (l.n) l.n, l.day_key, l.patient, l.service_date, coalesce(l.rendering_npi, '') as physician
      from candidate l
      join variant v on v.variant = l.variant
     where l.sound_status = 'T' and v.role = 'surgeon' and v.refusal is null
  ),
  bundled as materialized (
    select distinct t.n
      from line o
      join dependent t on t.day_key = o.day_key and t.patient = o.patient and t.service_date = o.service_date
                      and t.physician = coalesce(o.rendering_npi, '')
      join variant v on v.variant = o.variant
     where o.sound_status <> 'T' and v.refusal is null and v.modifier_refusal is null and o.unit is not null
       and (v.undocumented is null or o.documented)
  ),
  several as (select * from surgery_amount union all select * from part_amount)
  $$
$function$;
comment on function api.claim_query_neighbors() is 'Part of the query of api.price_claims: lines that are paid less, or not, because of others of the day.';

-- One unit of a test or a therapy whose parts are reduced.
create type api.part_payment_row as (amount numeric, work numeric, before_technical numeric);
comment on type api.part_payment_row is 'Amount of one unit whose parts are reduced, and the share of its work RVUs.';
comment on column api.part_payment_row.amount is 'Amount of the unit, in dollars; null where a part has no amount.';
comment on column api.part_payment_row.work is 'Share of its work RVUs that is paid.';
comment on column api.part_payment_row.before_technical is 'Its amount before what the equipment takes, in dollars; null where it takes nothing.';

create function api.part_payment(
  unit numeric, multiple text, professional numeric, technical numeric, technical_cap numeric,
  professional_share numeric, technical_share numeric, therapy numeric, share numeric, equipment_share numeric
) returns setof api.part_payment_row
language sql immutable as $$
  select round(case
           when multiple = '5' then coalesce(therapy, unit)
           when professional_share = 1 and technical_share = 1 and equipment_share = 1 then unit
           when technical is null then professional * professional_share
           when professional is null then least(technical * technical_share, technical_cap) * equipment_share
           else professional * professional_share + least(technical * technical_share, technical_cap) * equipment_share
         end * share, 2),
         case when multiple = '5' or professional is null then 1 else professional_share end,
         case when equipment_share <> 1 then
           round((coalesce(professional * professional_share, 0) + least(technical * technical_share, technical_cap)) * share, 2) end
$$;
comment on function api.part_payment(numeric, text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) is
  'One unit of a test whose professional and technical parts are reduced, or of a therapy (therapy: its amount with less practice expense; null where that is in full), in dollars. The technical part is reduced before it is compared with the OPPS cap, and what its equipment takes (equipment_share) is taken of the lower. Grain: always one row.';
