-- One name means one thing from file to view, so each column is described once, by its name; table.column
-- says what differs there. A file may describe its own columns with COMMENT ON instead. The word null stands
-- in a description exactly where the column can be null: the exported types follow it.
do $$
declare
  found record;
begin
  for found in
    with description (name, text) as (values
      -- keys
      ('hcpcs', 'HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.'),
      ('modifier', '26 professional part, TC technical part, 53 discontinued; empty text: the global or whole service.'),
      ('on_date', 'Day of service that was asked for.'),
      -- time
      ('valid_from', 'First day of the range.'),
      ('valid_to', 'Last day of the range; null while it is open.'),
      ('known_to', 'Last day of the range that the loaded releases vouch for: on the next one a release took over that is not loaded; null where they do for all of it.'),
      ('valid_during', 'All days on which the row holds.'),
      ('known_during', 'When this database held the row to be true.'),
      ('content_hash', 'Identity of what the row says beside its key.'),
      ('fields', 'Each column that differs from the range before, before and after, as JSON; null for the first range.'),
      ('first_release', 'Release that began the range; null where that one was retracted.'),
      ('gap', 'Which releases before the range are not loaded, in a sentence: changes may have begun in their time; null where none is missing.'),
      -- relative values
      ('payment_row.non_facility_pe_opps', 'Practice expense RVUs of the hospital outpatient amount, outside a facility; null where no cap applies.'),
      ('payment_row.facility_pe_opps', 'Practice expense RVUs of the hospital outpatient amount, in a facility; null where no cap applies.'),
      ('payment_row.mp_opps', 'Malpractice RVUs of the hospital outpatient amount; null where no cap applies.'),
      ('has_rvus', 'Whether any of its RVUs is above zero.'),
      ('has_opps_rvus', 'Whether CMS gives RVUs of the hospital outpatient amount.'),
      -- factors and places
      ('payment_row.conversion_factor', 'Conversion factor, in dollars per RVU; null where no loaded release gives one for the day.'),
      ('payment_by_zip_row.conversion_factor', 'Conversion factor, in dollars per RVU; null where no loaded release gives one for the day.'),
      ('anesthesia_payment_row.conversion_factor', 'Anesthesia conversion factor, in dollars per unit; null where no loaded release gives one for the day.'),
      ('payment_row.work_gpci', 'Work GPCI, with the floors of law; null where the locality is not known on the day.'),
      ('payment_row.pe_gpci', 'Practice expense GPCI, with the floors of law; null where the locality is not known on the day.'),
      ('payment_row.mp_gpci', 'Malpractice GPCI; null where the locality is not known on the day.'),
      ('state', 'State: its name in LOCCO, two letters in GPCI; null where the file names none.'),
      ('state_code', 'State in two letters (GPCI); null before 2021.'),
      ('locality_directory.fee_schedule_area', 'Name of the fee schedule area (LOCCO); null where LOCCO lacks the locality.'),
      ('locality_directory.counties', 'Counties, in CMS''s prose (LOCCO); null where LOCCO lacks the locality.'),
      -- HCPCS Level II
      ('code_page.long_description', 'CMS''s long description (HCPCS Level II file); null where no file in force has the code.'),
      ('long_description.hcpcs', 'HCPCS Level II code.'),
      -- payment
      ('basis', 'What an amount rests on, or why it is null: api.status_payment lists what a status means; further, what is wrong with the input, and which release governs the day and is not loaded. Null for a status that api.status_payment does not have.'),
      ('adjusted_work_rvu', 'Work RVUs that the formula uses: times the work adjustor of 2007 and 2008, rounded to two decimals.'),
      ('non_facility_fee', 'Fee outside a facility before the OPPS cap, in dollars; null where basis says why.'),
      ('facility_fee', 'Fee in a facility before the OPPS cap, in dollars; null where basis says why.'),
      ('non_facility_opps_amount', 'OPPS cap outside a facility, in dollars; null where no cap applies.'),
      ('facility_opps_amount', 'OPPS cap in a facility, in dollars; null where no cap applies.'),
      ('non_facility_capped', 'Whether the OPPS cap, not the fee, is payable outside a facility; null where no amount is.'),
      ('facility_capped', 'Whether the OPPS cap, not the fee, is payable in a facility; null where no amount is.'),
      ('non_facility_amount', 'Payable outside a facility, in dollars: the fee, or the OPPS cap where that is lower; null where basis says why.'),
      ('facility_amount', 'Payable in a facility, in dollars: the fee, or the OPPS cap where that is lower; null where basis says why.'),
      ('non_facility_non_participating_amount', '95 percent of the amount outside a facility, in dollars, for who does not participate; null where there is no amount.'),
      ('facility_non_participating_amount', '95 percent of the amount in a facility, in dollars, for who does not participate; null where there is no amount.'),
      ('non_facility_limiting_charge', 'Limiting charge outside a facility, in dollars: 115 percent of the nonparticipating amount, the most that a physician who does not participate may charge; null where there is no amount.'),
      ('facility_limiting_charge', 'Limiting charge in a facility, in dollars: 115 percent of the nonparticipating amount, the most that a physician who does not participate may charge; null where there is no amount.'),
      ('payment_by_zip_row.plus_four_required', 'Whether the ZIP code spans localities, so that the amount may be of the wrong one; null where the ZIP code is not known on the day.'),
      ('payment_by_zip_row.mac', 'MAC of the ZIP code; null where the ZIP code is not known on the day.'),
      ('payment_by_zip_row.locality', 'Payment locality of the ZIP code; null where the ZIP code is not known on the day.'),
      ('wrvu_row.work_rvu', 'Work RVUs, as published; null where basis says why.'),
      ('wrvu_row.basis', 'as published, or why there are no work RVUs.'),
      ('wrvu_row.status_indicator', 'Status code (PPRRVU); null where the schedule of the day has no such code.'),
      ('payment_row.status_indicator', 'Status code (PPRRVU): whether and how Medicare pays; null where the schedule of the day has no such code.'),
      ('payment_row.work_rvu', 'Work RVUs, as published; null where the schedule of the day has no such code.'),
      ('payment_row.non_facility_pe_rvu', 'Practice expense RVUs outside a facility; null where the schedule of the day has no such code.'),
      ('payment_row.facility_pe_rvu', 'Practice expense RVUs in a facility; null where the schedule of the day has no such code.'),
      ('payment_row.mp_rvu', 'Malpractice RVUs; null where the schedule of the day has no such code.'),
      ('payment_row.adjusted_work_rvu', 'Work RVUs that the formula uses: times the work adjustor of 2007 and 2008, rounded to two decimals; null where the schedule of the day has no such code.'),
      ('adjustment', 'Factor of the calculation flag (api.payment_rule), 1 where there is none; null where the schedule of the day has no such code.'),
      ('payment_by_zip_row.status_indicator', 'Status code (PPRRVU): whether and how Medicare pays; null where the schedule of the day has no such code.'),
      ('payable', 'Whether Medicare pays by the RVUs of the row; null for a status that api.status_payment does not have.'),
      ('priced_row.adjusted_work_rvu', 'Work RVUs that the formula uses: times the work adjustor of 2007 and 2008, rounded to two decimals.'),
      ('priced_row.non_facility_pe_opps', 'Practice expense RVUs of the hospital outpatient amount, outside a facility; null where no cap applies.'),
      ('priced_row.facility_pe_opps', 'Practice expense RVUs of the hospital outpatient amount, in a facility; null where no cap applies.'),
      ('priced_row.mp_opps', 'Malpractice RVUs of the hospital outpatient amount; null where no cap applies.'),
      ('refusal', 'Why nothing is priced; null where something is.'),
      ('payment_day_row.release', 'Loaded release that governs the day, or is the latest known; null where none is.'),
      ('payment_day_row.note', 'What to add to each basis; empty where nothing is.'),
      ('amount_note', 'What to add to the basis of an amount as well; empty where nothing is.'),
      ('work_adjustor', 'Factor of work RVUs; null before the rules begin.'),
      ('opps_cap', 'Whether imaging is capped at the hospital outpatient amount; null before the rules begin.'),
      ('non_participating_share', 'Share that who does not participate is allowed; null before the rules begin.'),
      ('limiting_charge_share', 'Most that may be charged, as a share of the non-participating amount; null before the rules begin.'),
      ('adjustments', 'Factors of the calculation flags by flag, as JSON; null before the rules begin.'),
      ('base_units', 'Base units of the anesthesia code, as given; null where none were.'),
      ('minutes', 'Anesthesia time in minutes, as given; null where none was.'),
      ('time_units', 'Minutes divided by 15, rounded to one decimal; null where no minutes were given, or no rule covers the day.'),
      ('amount', 'Payable for anesthesia, in dollars; null where basis says why.'),
      ('setting', 'non_facility or facility.'),
      ('from_date', 'First of the two days.'),
      ('to_date', 'Second of the two days.'),
      ('from_basis', 'Basis of the first amount; not in the schedule: that day has no such code and modifier.'),
      ('to_basis', 'Basis of the second amount; not in the schedule: that day has no such code and modifier.'),
      ('from_amount', 'Payable on the first day, in dollars; null where from_basis says why.'),
      ('to_amount', 'Payable on the second day, in dollars; null where to_basis says why.'),
      ('change', 'to_amount less from_amount, in dollars; null where one of them is.'),
      ('rvu_change', 'What the change of RVUs (and of the OPPS cap''s) did, in dollars; null where one of the amounts is.'),
      ('gpci_change', 'What the change of GPCIs then did, in dollars; null where one of the amounts is.'),
      ('conversion_factor_change', 'What the change of the conversion factor then did, in dollars; null where one of the amounts is.'),
      ('rule', 'Name of the rule.'),
      ('value', 'Number of the rule, without unit unless the note says so; null where only its presence counts.'),
      ('document', 'Law, rule or manual that it follows.'),
      ('note', 'What the rule says.'),
      ('payment_rule.valid_from', 'First day of the period; null where it is older than the data.'),
      ('status_payment.valid_from', 'First day of the period; null where it is older than the data.'),
      ('status_payment.basis', 'What an amount of this status rests on, or why there is none.'),
      ('pays_rvus', 'Whether Medicare pays by the RVUs of such a row.'),
      ('basis_without_rvus', 'The same, for a row that has no RVUs.'),
      -- releases
      ('release', 'Release, as CMS names it.'),
      ('sha256', 'SHA-256 of the posted bytes, in hexadecimal.'),
      ('table_name', 'Table that the revision governs.'),
      ('period', 'Days on which the revision is in force, as a range.'),
      ('effective_from', 'First day on which the release is in force.'),
      ('effective_from_source', 'How that day is known: catalog, quarter or name of the release.'),
      ('in_force_to', 'Last day on which it is in force; null while it is open, or where it governs no relative values.'),
      ('published', 'Day on which CMS published the bytes; null where nobody says. Never the day on which a copy was made.'),
      ('published_source', 'Who says so: operator (--published), file (RELEASED in the title of the relative values), catalog, name (of the zip), last-modified (CMS''''s server); null where nobody does.'),
      ('family', 'Release family, such as pfs (physician fee schedule), hcpcs (HCPCS Level II), clfs (laboratory fees) or asp (payment limits of drugs).'),
      ('revision', 'Number of the revision among those of its release, in the order of publication; null where the release is not loaded.'),
      ('release.sha256', 'SHA-256 of the posted bytes, in hexadecimal; null where the release is not loaded.'),
      ('release.state', 'in force, future, past, superseded, retracted or not loaded.'),
      ('layout_evidence', 'proven where the tests read CMS''s own bytes of each of its files in these formats, else never seen; null where it is not loaded.'),
      ('accepted_columns', 'Columns that CMS misspelled and a person accepted as known ones, as a JSON list of file, column, field, accepted_by, because and accepted_at; null where there are none.'),
      ('source', 'Name of the zip or folder that the bytes came from, or where a release that is not loaded is posted; null where that is not known.'),
      ('loaded_at', 'When it was loaded; null where it is not.'),
      ('datasets', 'Datasets that it holds; null where it is not loaded.'),
      ('rows_accepted', 'Rows that were accepted, over all its files; null where it is not loaded.'),
      ('rows_rejected', 'Rows that were rejected, over all its files; null where it is not loaded.'),
      -- code pages
      ('code_system', 'Code set of the code: HCPCS Level II, CPT in its categories, CDT; null for what has no code''s shape.'),
      ('name', 'Title that we write, else CMS''s short description; null where there is neither.'),
      ('short_description', 'CMS''s short description; null where it was left out.'),
      ('category', 'Label of the category that the family of the code belongs to; null where no family has the code.'),
      ('synonyms', 'Other names of the code, a JSON list; null where nobody has written any.'),
      ('code_page.description', 'Description that we write; null where nobody has.'),
      ('plain_language', 'What it is, for patients; null where nobody has written it.'),
      ('clinical_context', 'When it is used; null where nobody has written it.'),
      ('billing_and_documentation', 'How it is billed, of the code or else of its category; null where nobody has written it.'),
      ('category_payment', 'How the category is paid; null where nobody has written it.'),
      ('specialties', 'Specialties that use the code, a JSON list; null where nobody has written any.'),
      ('notes', 'Short remarks that we write, a JSON list; null where there are none.'),
      ('search_document.name', 'Title that we write, else CMS''s newest short description.'),
      ('search_document.description', 'CMS''s newest description, the long one where there is one; null where CMS has none.'),
      ('words', 'What the code is found by: stems, each with its place and weight.'),
      ('our_names', 'Title and synonyms of our entry, in small letters; no element without an entry.'),
      ('in_schedule', 'Whether the schedule in force today has the code.'),
      ('word', 'A stem, such as infus of infusion.'),
      ('long_description.long_description', 'CMS''s long description, its lines joined.'),
      ('long_description.provenance', 'Where the description stands: release, file and day, as JSON.'),
      ('code_page.release', 'Release whose values the page shows; null where none governs today.')
    ), published as (
      -- What tables of versions say of a column in one way (20_versions.sql).
      select a.attname as name, min(col_description(v.oid, a.attnum)) as text
        from pg_class v
        join pg_attribute a on a.attrelid = v.oid and a.attnum > 0
       where v.relnamespace = 'api'::regnamespace and v.relname like '%\_versions'
       group by a.attname
      having count(distinct col_description(v.oid, a.attnum)) = 1
    )
    select c.relname as relation, a.attname as "column",
           coalesce((select text from description where name = c.relname || '.' || a.attname),
                    (select text from description where name = a.attname),
                    (select text from published where name = a.attname)) as text
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'api'::regnamespace
       and c.relkind in ('v', 'c')
       and col_description(c.oid, a.attnum) is null
  loop
    continue when found.text is null;
    execute format('comment on column api.%I.%I is %L', found.relation, found."column", found.text);
  end loop;
end
$$;
