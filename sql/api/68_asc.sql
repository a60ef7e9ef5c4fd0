-- Addenda AA and BB side by side: no code stands in both.

-- Grain: HCPCS code and range. For readers who ask what a surgical center is paid.
create view api.asc_versions as
select 'AA' as addendum, hcpcs, footnote_mark, short_description, payment_indicator, payment_weight, payment_rate,
       has_multiple_procedure_discount, null::numeric as adjusted_copayment,
       valid_from, valid_to, known_to, first_release, valid_during
  from api.asc_procedure_versions
 union all
select 'BB', hcpcs, footnote_mark, short_description, payment_indicator, payment_weight, payment_rate,
       null, adjusted_copayment,
       valid_from, valid_to, known_to, first_release, valid_during
  from api.asc_ancillary_versions;
comment on view api.asc_versions is
  'What Medicare pays ambulatory surgical centers for procedures (addendum AA) and ancillary services (addendum BB), in dollars before the wage index. Every version and each range of days on which CMS said so. Grain: HCPCS code and range.';
comment on column api.asc_versions.footnote_mark is
  'Asterisks beside the code, as in api.asc_procedure; null where there are none.';
comment on column api.asc_versions.payment_indicator is
  'ASC payment indicator, such as A2, G2, J8 or N1; api.asc_payment_indicator says what each means (addendum DD1).';
comment on column api.asc_versions.addendum is 'AA surgical procedures, BB ancillary services.';
comment on column api.asc_versions.payment_weight is
  'Weight that the ASC conversion factor is multiplied by, four decimals; null where the rate follows from none.';
comment on column api.asc_versions.payment_rate is
  'National rate in dollars; null where nothing is paid separately, or the contractor prices it.';
comment on column api.asc_versions.has_multiple_procedure_discount is
  'Whether the rate is halved where another procedure of the same session is paid more (42 CFR 416.172(e)); null for ancillary services, and where CMS does not say.';

create function api.asc_on(on_date date) returns setof api.asc_versions
language sql stable as $$
  select *
    from api.asc_versions
   where api.holds_on(valid_during, on_date)
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.asc_on(date) is
  'What Medicare pays ambulatory surgical centers on a day, in dollars before the wage index, by the releases that are loaded; api.asc_payment_indicator says what each payment indicator means. Empty where none governs the day. Grain: HCPCS code.';

-- Grain: version and time of belief.
create view api.asc_known as
select 'AA' as addendum, hcpcs, footnote_mark, short_description, payment_indicator, payment_weight, payment_rate,
       has_multiple_procedure_discount, null::numeric as adjusted_copayment, content_hash, valid_during, known_during
  from api.asc_procedure_known
 union all
select 'BB', hcpcs, footnote_mark, short_description, payment_indicator, payment_weight, payment_rate,
       null, adjusted_copayment, content_hash, valid_during, known_during
  from api.asc_ancillary_known;
comment on view api.asc_known is
  'Addenda AA and BB: every version that was ever believed. Grain: version and time of belief.';
comment on column api.asc_known.footnote_mark is
  'Asterisks beside the code, as in api.asc_procedure; null where there are none.';
comment on column api.asc_known.payment_indicator is
  'ASC payment indicator, such as A2, G2, J8 or N1; api.asc_payment_indicator says what each means (addendum DD1).';
comment on column api.asc_known.addendum is 'AA surgical procedures, BB ancillary services.';
comment on column api.asc_known.payment_weight is
  'Weight that the ASC conversion factor is multiplied by, four decimals; null where the rate follows from none.';
comment on column api.asc_known.payment_rate is
  'National rate in dollars; null where nothing is paid separately, or the contractor prices it.';
comment on column api.asc_known.has_multiple_procedure_discount is
  'Whether the rate is halved where another procedure of the same session is paid more (42 CFR 416.172(e)); null for ancillary services, and where CMS does not say.';

create function api.asc_as_known(on_date date, known_at timestamptz) returns setof api.asc_known
language sql stable as $$
  select * from api.asc_known where api.holds_on(valid_during, on_date) and known_during @> known_at
$$;
comment on function api.asc_as_known(date, timestamptz) is
  'Addenda AA and BB: what this database, at a time, held to be true on a day. Grain: HCPCS code.';

-- Grain: payment indicator. Of those that have a rate in addenda AA and BB; the others are paid by the service, and by the wages of the place.
create view api.asc_indicator_rule as
select payment_indicator, unit, is_wage_adjusted, document
  from (values
         ('H2', 'billing unit', false, '42 CFR 416.172(c)(2): brachytherapy sources; addendum DD1'),
         ('K2', 'billing unit', false, '42 CFR 416.172(c)(2): drugs and biologicals; addendum DD1')
       ) rule (payment_indicator, unit, is_wage_adjusted, document);
comment on view api.asc_indicator_rule is
  'Payment indicators of surgical centers whose rate is not for one service and not adjusted by the wage index of the place. Others that are not adjusted (J7, pass-through devices) have no rate in the files. Grain: payment indicator.';
comment on column api.asc_indicator_rule.payment_indicator is 'Payment indicator of addendum AA or BB.';
comment on column api.asc_indicator_rule.unit is 'What the rate is for: the quantity that the code describes, such as the dosage of a drug.';
comment on column api.asc_indicator_rule.is_wage_adjusted is 'Whether the rate is multiplied by the wage index of the place.';
comment on column api.asc_indicator_rule.document is 'Rule that says so.';
