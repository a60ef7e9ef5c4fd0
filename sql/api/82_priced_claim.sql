-- What pricing says of a claim line. Grain: line of the table of claims.
create type api.priced_claim_line as (
  claim_id text, line text, hcpcs text, modifiers text, units numeric, service_date date, place_of_service text,
  setting text, mac text, locality text, plus_four_required boolean, qualifying_apm boolean,
  schedule text, status_indicator text,
  unit_amount numeric, amount numeric, medicare_pays numeric, patient_owes numeric,
  medicare_pays_after_sequestration numeric, limiting_charge numeric,
  work_rvus numeric, adjusted_work_rvus numeric, paid_by_medicare boolean, basis text, steps json, source_row bigint
);
comment on type api.priced_claim_line is 'What Medicare allows and pays for one line of a claim, in dollars, and why.';
comment on column api.priced_claim_line.claim_id is 'Claim, as given; null where none was.';
comment on column api.priced_claim_line.line is 'Line of the claim, as given; null where none was.';
comment on column api.priced_claim_line.hcpcs is 'HCPCS code as CMS writes it, or as given where it has no code''s shape; null where none was given.';
comment on column api.priced_claim_line.modifiers is 'Modifiers, as given.';
comment on column api.priced_claim_line.units is 'Units of service, as given; null where they cannot be read.';
comment on column api.priced_claim_line.service_date is 'Day of service; null where it cannot be read.';
comment on column api.priced_claim_line.place_of_service is 'Place of service of two digits; null where none was given.';
comment on column api.priced_claim_line.setting is 'facility or non_facility, by the place of service (api.place_of_service); null where that has none.';
comment on column api.priced_claim_line.mac is 'MAC, given or of the ZIP code; null where neither is known.';
comment on column api.priced_claim_line.locality is 'Payment locality, given or of the ZIP code; null where neither is known.';
comment on column api.priced_claim_line.plus_four_required is
  'Whether the ZIP code spans localities, so that the amount may be of the wrong one; null where no ZIP code was needed, or it is not known.';
comment on column api.priced_claim_line.schedule is 'Schedule that the amount is of, as in api.price_on (physician, laboratory, drugs, DMEPOS, ASC), or anesthesia; null without an amount for a unit.';
comment on column api.priced_claim_line.status_indicator is 'Status code (PPRRVU); null where the schedule of the day has no such code.';
comment on column api.priced_claim_line.unit_amount is
  'Payable for one unit before the rules of claims, in dollars: the fee, or the OPPS cap where that is lower; for drugs the payment limit, with three decimals; for anesthesia the whole line, by the conversion factor of who gives it. Null where basis says why.';
comment on column api.priced_claim_line.amount is 'Allowed for the line, in dollars, after every rule; null where basis says why.';
comment on column api.priced_claim_line.medicare_pays is
  'What Medicare pays of it before the deductible and sequestration, in dollars; null where nothing is allowed.';
comment on column api.priced_claim_line.patient_owes is 'Coinsurance that the patient owes, before the deductible, in dollars; what Medicare does not pay of an assistant''s therapy (CQ, CO) is not the patient''s. Null where nothing is allowed.';
comment on column api.priced_claim_line.medicare_pays_after_sequestration is 'What Medicare pays after sequestration, in dollars; null where nothing is allowed.';
comment on column api.priced_claim_line.limiting_charge is
  'Most that may be charged for the line by who neither participates nor takes assignment, in dollars, whatever is charged; null for everybody else, and for practitioners who must take assignment.';
comment on column api.priced_claim_line.work_rvus is 'Work RVUs as published, times units; null where the code has none.';
comment on column api.priced_claim_line.adjusted_work_rvus is
  'Work RVUs after the rules that reduce or raise the amount (modifiers, several procedures); null where nothing is allowed.';
comment on column api.priced_claim_line.paid_by_medicare is
  'Whether Medicare itself pays the code; false where RVUs that it does not pay by value it (api.percent_of_medicare), null where there is no amount.';
comment on column api.priced_claim_line.basis is 'What the amount rests on, or why it is null.';
comment on column api.priced_claim_line.steps is
  'How the amount came about, in order, as JSON: rule, document, factor, and the amount of the line before and after, in dollars; null where there is no amount, and where they were not asked for.';

comment on column api.priced_claim_line.source_row is 'Number of the row in the table of claims, in the order in which it was read.';

create aggregate api.product(numeric) (sfunc = numeric_mul, stype = numeric, parallel = safe, combinefunc = numeric_mul);
comment on aggregate api.product(numeric) is 'Product of numbers; null where there are none.';

create function api.rule_text(rule text, document text) returns text
language sql immutable parallel safe as $$
  select '{"rule":' || to_json(rule) || ',"document":' || to_json(document)
$$;
comment on function api.rule_text(text, text) is 'Beginning of a step of api.priced_claim_line: its rule and document, as JSON text.';

create function api.step_text(rule text, factor numeric, before numeric, after numeric) returns text
language sql immutable parallel safe as $$
  select rule || ',"factor":' || coalesce(factor::text, 'null') || ',"before":' || coalesce(before::text, 'null')
              || ',"after":' || coalesce(after::text, 'null') || '}'
$$;
comment on function api.step_text(text, numeric, numeric, numeric) is
  'A step of api.priced_claim_line as JSON text. rule: what api.rule_text makes.';

-- The steps of several factors, one after the other.
create function api.step_texts(rules text[], factors numeric[], before numeric) returns text
language sql immutable parallel safe as $$
  select string_agg(api.step_text(rule, factor, trim_scale(round(after / nullif(factor, 0), 4)), trim_scale(round(after, 4))), ',' order by place)
    from (select rule, factor, place, step_texts.before * api.product(factor) over (order by place) as after
            from unnest(rules, factors) with ordinality r (rule, factor, place)) r
$$;
comment on function api.step_texts(text[], numeric[], numeric) is
  'Steps that multiply an amount by one factor after the other, as JSON text. Amounts between are shown to four decimals; only the amount of the line is rounded to the cent.';
