-- What the rules of editorial/rules say about the facts of one code. Grain: rule and sentence; modifiers are
-- those for which it holds, first the place of the first of them (1: the code as a whole).
create type api.code_sentence_row as (
  rule text, section text, "position" smallint, question text, sentence text,
  modifiers text[], first bigint, source_file text
);
comment on type api.code_sentence_row is 'A sentence that the data of a code gives rise to.';

create function api.code_sentence(facts jsonb) returns setof api.code_sentence_row
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select rule, section, position, min(question), sentence,
         array_agg(modifier order by number), min(number), min(source_file)
    from (
      select s.rule, s.section, s.position, s.source_file, component.number,
             component.facts ->> 'modifier' as modifier,
             editorial.render(s.question, component.facts) as question,
             editorial.render(s.sentence, component.facts) as sentence
        from jsonb_array_elements(code_sentence.facts) with ordinality component (facts, number)
       cross join lateral jsonb_each_text(component.facts) fact (name, value)
        join editorial.rule s on (s.rule, s.value) = (fact.name, fact.value)
    ) said
   where sentence is not null
   group by rule, section, position, sentence
$$;
comment on function api.code_sentence(jsonb) is
  'The sentences that rules give for the facts of a code: a JSON list of facts as in api.code_fact, one for each modifier. Grain: rule and sentence.';
comment on column api.code_sentence_row.rule is 'Rule that gives the sentence.';
comment on column api.code_sentence_row.section is 'Section of the page: rvu_information or notices.';
comment on column api.code_sentence_row."position" is 'Order of the rules on a page.';
comment on column api.code_sentence_row.question is 'Question that the sentence answers; null where the rule has none.';
comment on column api.code_sentence_row.sentence is 'The sentence, with the numbers of the code in it.';
comment on column api.code_sentence_row.modifiers is 'Modifiers for which it holds.';
comment on column api.code_sentence_row.first is 'Place of the first of them in the list; 1 is the code as a whole.';
comment on column api.code_sentence_row.source_file is 'File of editorial/ that holds the rule.';
