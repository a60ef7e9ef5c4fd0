-- Which code set a code belongs to. D codes are the ADA's CDT, though they have the shape of Level II.
create function api.code_system(hcpcs text) returns text
language sql immutable as $$
  select case
    when hcpcs ~* '^\d{5}$' then 'CPT Category I'
    when hcpcs ~* '^\d{4}F$' then 'CPT Category II'
    when hcpcs ~* '^\d{4}T$' then 'CPT Category III'
    when hcpcs ~* '^\d{4}M$' then 'CPT MAAA'
    when hcpcs ~* '^\d{4}U$' then 'CPT PLA'
    when hcpcs ~* '^\d{4}[A-Z]$' then 'CPT administrative'
    when hcpcs ~* '^D\d{4}$' then 'CDT'
    when hcpcs ~* '^[A-V]\d{4}$' then 'HCPCS Level II'
    when hcpcs ~* '^[A-Z]X{3}\d$' then 'CMS placeholder'
  end
$$;
comment on function api.code_system(text) is
  'Code set of a HCPCS code, in upper or lower case: HCPCS Level II, CPT Category I, II or III, CPT MAAA or PLA, CDT. Null for what has no code''s shape.';
