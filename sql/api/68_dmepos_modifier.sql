-- What the modifiers of DMEPOS fees say of a fee, and what one fee is for.

-- Grain: modifier. For readers of fees who do not know the letters.
create view api.dmepos_modifier as
select modifier, meaning, document
  from (values
         ('NU', 'bought new', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 20, section 30.1'),
         ('UE', 'bought used', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 20, section 30.1.1'),
         ('RR', 'rented', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 20, sections 30.1, 30.2 and 30.5'),
         ('MS', 'maintained and serviced', 'HCPCS Level II file'),
         ('AU', 'with urological, ostomy or tracheostomy supplies', 'HCPCS Level II file'),
         ('AV', 'with a prosthesis or orthosis', 'HCPCS Level II file'),
         ('AW', 'with a surgical dressing', 'HCPCS Level II file'),
         ('BA', 'with enteral or parenteral nutrition', 'HCPCS Level II file'),
         ('KC', 'a special wheelchair interface replaced', 'HCPCS Level II file'),
         ('KE', 'an accessory of equipment that was not bid for', 'HCPCS Level II file; DMEREAD 2025'),
         ('KF', 'a device of FDA''s class III', 'HCPCS Level II file'),
         ('KG', 'of a competitive bidding program (number 1)', 'HCPCS Level II file'),
         ('KL', 'delivered by mail', 'HCPCS Level II file'),
         ('KM', 'a face prosthesis replaced, with a new impression', 'HCPCS Level II file'),
         ('KN', 'a face prosthesis replaced, from the old model', 'HCPCS Level II file'),
         ('KU', 'an accessory of a complex rehabilitative wheelchair', 'HCPCS Level II file; DMEREAD 2025'),
         ('QB', 'above 4 liters of oxygen on average, with portable oxygen', 'HCPCS Level II file'),
         ('QF', 'above 4 liters of oxygen at rest, with portable oxygen', 'HCPCS Level II file')
       ) m (modifier, meaning, document);
comment on view api.dmepos_modifier is
  'What the modifiers of DMEPOS fees mean, in a few words of ours. Grain: modifier.';
comment on column api.dmepos_modifier.modifier is 'Modifier of the fee and of the claim line.';
comment on column api.dmepos_modifier.meaning is 'What it says of the item.';
comment on column api.dmepos_modifier.document is 'Manual or file that says so.';

create function api.dmepos_meaning(modifiers text) returns text
language sql stable as $$
  select string_agg(d.meaning, ', ' order by m.place)
    from unnest(api.modifiers(dmepos_meaning.modifiers)) with ordinality m (modifier, place)
    join api.dmepos_modifier d using (modifier)
$$;
comment on function api.dmepos_meaning(text) is
  'What the modifiers of a DMEPOS fee mean, such as ''rented'' of RR. Null where there are none, or none is known.';

-- Grain: HCPCS code. The one rental that is not paid by the month.
create function api.dmepos_unit(hcpcs text, modifiers text) returns text
language sql immutable as $$
  select case
    when modifiers ~ '\mRR\M' then case when hcpcs in ('E0935', 'E0936') then 'day of rental' else 'month of rental' end
    when modifiers ~ '\mMS\M' then 'six months of maintenance'
    else 'item'
  end
$$;
comment on function api.dmepos_unit(text, text) is
  'What one DMEPOS fee is for: a month of rental with modifier RR (42 CFR 414.220 to 414.229), a day of it for devices of continuous passive motion (Medicare Claims Processing Manual, chapter 20, section 30.2.1), six months of maintenance with MS, else one item or unit as the code describes it.';
