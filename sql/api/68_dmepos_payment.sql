-- Which DMEPOS fee applies to a claim line: of the country by mail, of a former bidding area, rural, or of the state.

-- Grain: HCPCS code, modifiers, place and version. For api.dmepos_payment: like the other inputs of payment it looks up no release.
-- Places are taken out of the lists last: so a code is found by index in each file.
create view api.dmepos_fee as
select f.hcpcs, f.modifier, f.modifier_2, f.modifier_3, f.place_kind, p.place, p.fee, p.rural_fee, f.category, f.valid_during,
       concat_ws(' ', nullif(f.modifier, ''), nullif(f.modifier_2, ''), nullif(f.modifier_3, '')) as modifiers
  from (
    select hcpcs, modifier, modifier_2, '' as modifier_3, 'state' as place_kind, state as places,
           non_rural_fee as fees, rural_fee as rural_fees, category, valid_during
      from dmepos.dmepos
     union all
    select hcpcs, modifier, modifier_2, '' as modifier_3, 'state' as place_kind, state as places,
           non_rural_fee as fees, rural_fee as rural_fees, null as category, valid_during
      from dmepos.dmepos_pen
     union all
    select hcpcs, modifier, modifier_2, modifier_3, 'former bidding area' as place_kind, area as places,
           fee as fees, null::numeric[] as rural_fees, category, valid_during
      from dmepos.dmepos_former_cba
     union all
    select hcpcs, modifier, modifier_2, modifier_3, 'mail order' as place_kind, '{""}'::text[] as places,
           array[fee] as fees, null::numeric[] as rural_fees, category, valid_during
      from dmepos.dmepos_mail_order
  ) f
 cross join lateral unnest(f.places, f.fees, f.rural_fees) p (place, fee, rural_fee);
comment on view api.dmepos_fee is
  'The fees of all files of a DMEPOS release, in dollars. Grain: HCPCS code, modifiers, place and version.';
comment on column api.dmepos_fee.modifier is 'First modifier; empty text: none.';
comment on column api.dmepos_fee.modifier_2 is 'Second modifier; empty text: none.';
comment on column api.dmepos_fee.modifier_3 is 'Third modifier; empty text: none.';
comment on column api.dmepos_fee.place_kind is
  'state, former bidding area (competitive bidding area without contracts), or mail order (the whole country).';
comment on column api.dmepos_fee.place is
  'State in two letters, short name of the area, or empty text for mail order.';
comment on column api.dmepos_fee.fee is
  'Fee in dollars, in a state outside its rural ZIP codes; null where CMS sets none.';
comment on column api.dmepos_fee.rural_fee is
  'Fee in dollars in the rural ZIP codes of a state; null where CMS sets none of its own.';
comment on column api.dmepos_fee.category is
  'Payment category, as in api.dmepos; null for enteral and parenteral nutrition.';
comment on column api.dmepos_fee.modifiers is 'All of them, with a blank between them; empty text: none.';

-- Grain: HCPCS code, modifiers and release that governs days. Fees change with releases alone.
create view api.dmepos_range as
select f.hcpcs, f.modifiers, min(least(f.fee, f.rural_fee)) as lowest, max(greatest(f.fee, f.rural_fee)) as highest,
       'DMEPOS fee schedule: from the lowest to the highest fee of all states, rural areas and former bidding areas' as basis,
       p.release, p.period
  from api.dmepos_fee f
  join api.release_period p on p.table_name = 'dmepos' and f.valid_during @> p.valid_from
 group by f.hcpcs, f.modifiers, p.release, p.period
having max(greatest(f.fee, f.rural_fee)) is not null;
comment on view api.dmepos_range is
  'Between which amounts the DMEPOS fees of a code lie in the country, in dollars, from one release to the next. Grain: HCPCS code, modifiers and release that governs days. What has no fee anywhere is absent.';
comment on column api.dmepos_range.modifiers is 'Modifiers that the fees are for, with a blank between them; empty text: none.';
comment on column api.dmepos_range.lowest is 'Lowest fee of all states, rural areas and former bidding areas, in dollars.';
comment on column api.dmepos_range.highest is 'Highest fee of all states, rural areas and former bidding areas, in dollars.';
comment on column api.dmepos_range.basis is 'Which amounts they are.';

-- Grain: ZIP code, file and version. DMEPOS's own files say in which state a ZIP code lies; ZIP5 knows the others, and splits two states.
create view api.dmepos_zip as
select zip, state, area as former_bidding_area, false as is_rural, 1 as place, valid_during
  from dmepos.dmepos_former_cba_zip
 union all
select zip, state, null, true, 2, valid_during
  from dmepos.dmepos_rural_zip
 union all
select zip, case when state in ('EM', 'WM') then 'MO' when state in ('EK', 'WK') then 'KS' else state end, null, false, 3, valid_during
  from zip.zip5;
comment on view api.dmepos_zip is
  'Where a ZIP code lies as DMEPOS sees it, from three files: former bidding areas, rural ZIP codes, and the ZIP code file (ZIP5). Grain: ZIP code, file and version.';
comment on column api.dmepos_zip.zip is 'ZIP code, five digits.';
comment on column api.dmepos_zip.state is 'State in two letters, of which DMEPOS has fees: MO and KS whole.';
comment on column api.dmepos_zip.former_bidding_area is
  'Former competitive bidding area, by its short name; null where the file is another.';
comment on column api.dmepos_zip.is_rural is 'Whether the file is that of the rural ZIP codes.';
comment on column api.dmepos_zip.place is 'Which of the files counts first: 1 before 2 before 3.';

-- Grain: modifier, category and range of codes. What changes a fee by a rule that no file holds.
create view api.dmepos_modifier_rule as
select modifier, category, first_hcpcs, last_hcpcs, share, effect, document
  from (
    select 'KJ' as modifier, 'CR' as category, c.first_hcpcs, c.last_hcpcs, c.share, c.effect,
           'DMEBACK 2025, capped rental items; Social Security Act, section 1834(a)(7)(A)(i); 42 CFR 414.229(b)' as document
      from (values ('A0000', 'K0812', 0.75, 'from the fourth month of rental on, 75 percent of the fee'),
                   ('K0813', 'K0898', 0.40, 'from the fourth month of rental on, 40 percent of the fee of a power wheelchair'),
                   ('K0899', 'Z9999', 0.75, 'from the fourth month of rental on, 75 percent of the fee')) c (first_hcpcs, last_hcpcs, share, effect)
     union all
    select m.modifier, 'OX' as category, c.first_hcpcs, c.last_hcpcs, case when c.is_stationary then m.share end as share,
           case when c.is_stationary then m.effect else 'the flow changes the fee of stationary oxygen; what it does to this code is not known' end as effect,
           'Social Security Act, section 1834(a)(5)(C); 42 CFR 414.226(e); Medicare Claims Processing Manual (Pub. 100-04), chapter 20, section 30.6.1' as document
      from (values ('QE', 0.5, 'below 1 liter per minute, half of the fee'),
                   ('QA', 0.5, 'an average flow of day and night below 1 liter per minute, half of the fee'),
                   ('QG', 1.5, 'above 4 liters per minute without portable oxygen, one and a half of the fee'),
                   ('QR', 1.5, 'an average flow of day and night above 4 liters per minute without portable oxygen, one and a half of the fee')) m (modifier, share, effect)
     cross join (values ('A0000', 'E0423', false), ('E0424', 'E0424', true), ('E0425', 'E0438', false), ('E0439', 'E0439', true), ('E0440', 'E1389', false),
                        ('E1390', 'E1391', true), ('E1392', 'E1404', false), ('E1405', 'E1406', true), ('E1407', 'Z9999', false)) c (first_hcpcs, last_hcpcs, is_stationary)
  ) rule;
comment on view api.dmepos_modifier_rule is
  'Modifiers that change a DMEPOS fee by a rule instead of having a fee of their own. QF and QB (above 4 liters with portable oxygen) have fees in the files; KH and KI (the first three months of rental) change nothing. Grain: modifier, payment category and range of codes.';
comment on column api.dmepos_modifier_rule.modifier is 'Modifier of the claim line.';
comment on column api.dmepos_modifier_rule.category is 'Payment category that it concerns, as in api.dmepos.';
comment on column api.dmepos_modifier_rule.first_hcpcs is 'First code of the range.';
comment on column api.dmepos_modifier_rule.last_hcpcs is 'Last code of the range.';
comment on column api.dmepos_modifier_rule.share is 'Factor; null where no document was found that says what is paid: api.dmepos_payment then gives no amount.';
comment on column api.dmepos_modifier_rule.effect is 'What it does.';
comment on column api.dmepos_modifier_rule.document is 'Rule or manual that says so.';

create type api.dmepos_payment_row as (
  hcpcs text, modifier text, zip text, on_date date, state text, is_rural boolean, former_bidding_area text,
  category text, amount numeric, basis text, release text
);
comment on type api.dmepos_payment_row is
  'The DMEPOS fee of one code with modifiers at one ZIP code on one day, in dollars.';
comment on column api.dmepos_payment_row.modifier is
  'Modifiers that the fee is for, with a blank between them; without an amount those that were asked for. Empty text: none.';
comment on column api.dmepos_payment_row.zip is 'ZIP code of the beneficiary''s home; null where none was given.';
comment on column api.dmepos_payment_row.state is
  'State whose fees apply, in two letters; null where the ZIP code is not known on the day.';
comment on column api.dmepos_payment_row.is_rural is
  'Whether the ZIP code is rural to DMEPOS (42 CFR 414.202); null where the ZIP code is not known on the day.';
comment on column api.dmepos_payment_row.former_bidding_area is
  'Former competitive bidding area of the ZIP code; null where it lies in none.';
comment on column api.dmepos_payment_row.category is
  'Payment category, as in api.dmepos; null for enteral and parenteral nutrition, and without an amount.';
comment on column api.dmepos_payment_row.amount is
  'Fee in dollars after the rules of its modifiers (api.dmepos_modifier_rule), of which Medicare pays 80 percent after the deductible, or of the charge where that is lower; null where basis says why.';
comment on column api.dmepos_payment_row.basis is 'Which fee it is and why, or why there is none.';
comment on column api.dmepos_payment_row.release is
  'Release whose fees govern the day, as far as they are loaded; null where none does.';

-- Grain: question and, where its modifiers are null, combination of modifiers that has a fee. At least one row for each question.
-- Many questions at once, by their places in the arrays: api.dmepos_payment asks one, api.price_claims all of a table.
create function api.dmepos_payments(
  hcpcs text[], modifier text[], zip text[], on_date date[], on_missing text default 'refuse'
) returns table (place bigint, answer api.dmepos_payment_row)
language sql stable as $$
  with asked as materialized (
    select u.place, coalesce(api.clean_hcpcs(u.hcpcs), u.hcpcs) as hcpcs, api.modifiers(u.modifier) as modifiers,
           u.modifier is null as any_modifiers, u.zip as given_zip, api.clean_zip(u.zip) as zip, u.day
      from unnest(dmepos_payments.hcpcs, dmepos_payments.modifier, dmepos_payments.zip, dmepos_payments.on_date)
           with ordinality u (hcpcs, modifier, zip, day, place)
  ), governed as materialized (
    select d.day, c.release,
           case when dmepos_payments.on_missing is distinct from 'latest' or c.release is null then
             -- Where the catalog ends, the quarter names the release.
             api.not_loaded(c.is_known, coalesce(c.missing_release,
               format('DME%s%s', to_char(d.day, 'YY'), substr('ABCD', extract(quarter from d.day)::integer, 1))), d.day) end as refusal,
           case when c.is_known is false then format(' (latest known: %s)', c.release) else '' end as note
      from (select distinct day from asked) d
      left join api.release_calendar c on c.table_name = 'dmepos' and c.period @> d.day
  ), located as materialized (
    select a.zip, a.day, (array_agg(z.state order by z.place))[1] as state, max(z.former_bidding_area) as area,
           coalesce(bool_or(z.is_rural), false) as is_rural
      from (select distinct zip, day from asked) a
      join api.dmepos_zip z on z.zip = a.zip and z.valid_during @> a.day
     group by 1, 2
  ), located_otherwise as materialized (
    -- A ZIP code stays in its state: where no file of the day has it, those of other days say where, if they agree.
    select a.zip, a.day, min(z.state) as state
      from (select distinct zip, day from asked) a
      join api.dmepos_zip z on z.zip = a.zip
     where not exists (select from located l where l.zip = a.zip and l.day = a.day)
     group by 1, 2
    having count(distinct z.state) = 1
  ), place as materialized (
    select zip, day, state, area, is_rural, '' as note from located
     union all
    select zip, day, state, null, false, '; its state is known from ZIP code files of other days' from located_otherwise
  ), listed as materialized (
    select a.place, f.place_kind, f.place as name, f.category,
           array_remove(array[f.modifier, f.modifier_2, f.modifier_3], '') as modifiers,
           case when l.is_rural then coalesce(f.rural_fee, f.fee) else f.fee end as fee,
           l.is_rural and f.rural_fee is not null as by_rural_fee
      from asked a
      left join place l on l.zip = a.zip and l.day = a.day
     cross join lateral (values ('state', l.state), ('former bidding area', l.area), ('mail order', '')) k (kind, name)
      join api.dmepos_fee f
        on f.hcpcs = a.hcpcs and f.place_kind = k.kind and f.place = k.name and f.valid_during @> a.day
  ), fees as materialized (
    select place, count(fee) as fees,
           string_agg(distinct coalesce(nullif(array_to_string(modifiers, ' '), ''), 'no modifier'), ', ') filter (where fee is not null) as told
      from listed
     group by 1
  ), rejected as materialized (
    -- Codes with a row that may be missing: only theirs are looked up, for many questions have no fee.
    select distinct key ->> 'hcpcs' as hcpcs from api.rejected_row where dataset = 'dmepos' and open
  ), wanted as (
    -- Modifiers of the line that have a fee of their own here. Others (RT, KX, GA …) change no fee.
    select a.place, a.any_modifiers, coalesce(array_agg(o.modifier) filter (where o.modifier is not null), '{}') as modifiers
      from asked a
      left join (select distinct l.place, m.modifier from listed l cross join lateral unnest(l.modifiers) m (modifier) where l.fee is not null) o
        on o.place = a.place and o.modifier = any (a.modifiers)
     group by 1, 2
  ), chosen as (
    select distinct on (l.place, l.modifiers) l.*
      from wanted w
      join listed l on l.place = w.place and l.fee is not null
       and (w.any_modifiers or (l.modifiers <@ w.modifiers and l.modifiers @> w.modifiers))
     order by l.place, l.modifiers, array_position(array['mail order', 'former bidding area', 'state'], l.place_kind)
  )
  select a.place,
         row(a.hcpcs, array_to_string(case when c.fee is null then a.modifiers else c.modifiers end, ' '),
             coalesce(a.zip, a.given_zip), a.day, l.state, l.is_rural, l.area, c.category,
             case when fault.text is null then case when rule.modifiers is null then c.fee else round(c.fee * rule.share, 2) end end,
             coalesce(fault.text, why.text || coalesce('; ' || rule.text, '') || coalesce(left_out.text, '') || case when c.place_kind = 'state' then l.note else '' end || g.note),
             g.release)::api.dmepos_payment_row
    from asked a
    left join governed g on g.day = a.day
    left join place l on l.zip = a.zip and l.day = a.day
    left join fees f on f.place = a.place
    left join chosen c on c.place = a.place
    -- Of any row of the code, or, where a fee was found, of one for a modifier that has none.
    left join lateral (
      select min(api.rejection('dmepos', jsonb_build_object('hcpcs', a.hcpcs) || k.part, a.day)) as text
        from (select '{}' as part where c.fee is null
               union all
              select jsonb_build_object(column_name, m)
                from unnest(a.modifiers) m
               cross join unnest('{modifier,modifier_2}'::text[]) column_name
               where not m = any (c.modifiers)) k
       where a.hcpcs in (select hcpcs from rejected)
    ) rejection on true
    left join lateral (
      select string_agg(format('%s: %s (%s)', r.modifier, r.effect, r.document), '; ') as text, array_agg(r.modifier) as modifiers,
             case when count(*) = 1 then min(r.share) end as share
        from api.dmepos_modifier_rule r
       where r.modifier = any (a.modifiers) and r.category = c.category and a.hcpcs between r.first_hcpcs and r.last_hcpcs and not r.modifier = any (c.modifiers)
    ) rule on true
   cross join lateral (
      select case
        when a.day is null then 'no date of service'
        when g.refusal is null and c.fee is not null and rejection.text is not null then rejection.text
        when g.refusal is not null then g.refusal
        when c.fee is not null then case when rule.share is null then 'the fee of ' || c.fee || ' dollars does not apply as it is: ' || rule.text end
        when a.given_zip is null then 'no ZIP code'
        when a.zip is null then format('%L is not a ZIP code', a.given_zip)
        when l.state is null then format('it is not known in which state ZIP code %s lies: no loaded ZIP code file (ZIP5) has it', a.zip)
        when f.place is null then coalesce(
          rejection.text,
          format('the DMEPOS fee schedule does not list it in %s on this day', l.state))
        when f.fees = 0 then 'listed without a fee: the contractor prices it'
        else format('no fee %s; its fees here are for %s',
                    case when cardinality(a.modifiers) = 0 then 'without a modifier' else 'with ' || array_to_string(a.modifiers, ' ') end, f.told)
             || coalesce('; ' || rejection.text, '')
      end as text
    ) fault
   cross join lateral (
      select case c.place_kind
        when 'mail order' then 'fee by mail order, the same in the whole country (modifier KL; 42 CFR 414.210(g))'
        when 'former bidding area' then format('fee of the former competitive bidding area %s (42 CFR 414.210(g))', c.name)
        else case when c.by_rural_fee then format('rural fee of %s: the ZIP code is rural (42 CFR 414.202 and 414.210(g))', c.name)
                  when l.is_rural then format('fee of %s, which has no rural fee for it', c.name)
                  when l.area is not null then format('fee of %s: the former competitive bidding area %s has none for it', c.name, l.area)
                  else format('fee of %s', c.name) end
      end as text
    ) why
    left join lateral (
      select format('; no fee of its own here for %s', string_agg(m, ', ')) as text
        from unnest(a.modifiers) m
       where not m = any (c.modifiers) and not coalesce(m = any (rule.modifiers), false)
      having count(*) > 0
    ) left_out on true
$$;
comment on function api.dmepos_payments(text[], text[], text[], date[], text) is
  'api.dmepos_payment of many questions, each the elements of one place of the arrays. on_missing => ''latest'' takes the fees of the latest known release for days whose release is not loaded. Grain: place of the question, counted from 1, and combination of modifiers.';

-- Grain: one row for the modifiers that were asked for; where they are null, one for each combination that has a fee. At least one.
create function api.dmepos_payment(hcpcs text, modifier text, zip text, on_date date)
returns setof api.dmepos_payment_row
language sql stable as $$
  select (p.answer).*
    from api.dmepos_payments(array[dmepos_payment.hcpcs], array[dmepos_payment.modifier], array[dmepos_payment.zip], array[dmepos_payment.on_date]) p
   order by 2
$$;
comment on function api.dmepos_payment(text, text, text, date) is
  'Which DMEPOS or nutrition (PEN) fee applies at the ZIP code of the beneficiary''s home, in dollars: by mail order with modifier KL; else that of the former competitive bidding area where it has one; else the rural fee where the ZIP code is rural and the state has one; else that of the state (DMEREAD, 42 CFR 414.202 and 414.210(g), Medicare Claims Processing Manual, chapter 20). modifier: all modifiers of the line with blanks or commas between them, empty text for none, null for each combination that has a fee. Grain: one row for the modifiers, or for each combination; at least one. Without an amount basis says why.';
