-- The tables of versions in the contract. Made from schemas/ by `npm run docs`; change the schema, not this file.

select ops.publish_versions('pfs.rvu', 'Relative values (PPRRVU), in RVUs. fully_implemented_*: until 2012, what CMS would pay after the transition between two methods of practice expense; null since.', 'HCPCS code, modifier', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "modifier": "26 professional part, TC technical part, 53 discontinued; empty text: the global or whole service.",
  "description": "Short description of CMS; CPT and CDT descriptions are licensed by the AMA and the ADA. Null where it was left out.",
  "status_indicator": "Status code (PPRRVU): whether and how Medicare pays; api.status_payment says what each means for payment.",
  "not_used_for_medicare_payment": "+ where RVUs are shown that Medicare does not pay by; null elsewhere.",
  "work_rvu": "Work RVUs, as published.",
  "non_facility_pe_rvu": "Practice expense RVUs outside a facility.",
  "non_facility_na_indicator": "NA where the service is rarely or never done outside a facility: the practice expense is then the facility one; null elsewhere.",
  "facility_pe_rvu": "Practice expense RVUs in a facility.",
  "facility_na_indicator": "NA where the service is rarely or never done in a facility: the practice expense is then the non-facility one; null elsewhere.",
  "mp_rvu": "Malpractice RVUs.",
  "non_facility_total_rvu": "Sum of work, non-facility practice expense and malpractice RVUs.",
  "facility_total_rvu": "Sum of work, facility practice expense and malpractice RVUs.",
  "pctc_indicator": "Professional and technical part: 0 physician service, 1 test with both parts, 2 professional only, 3 technical only, 4 global only, 5 incident to, 6 laboratory interpretation, 7 therapy, 8 interpretation, 9 does not apply. Null where CMS left it out (one code of 2015).",
  "global_days": "Days of the global package: 000, 010, 090; MMM maternity, XXX does not apply, YYY set by the contractor, ZZZ part of another service.",
  "preoperative_share": "Preoperative share of the global package, 0.00 to 1.00.",
  "intraoperative_share": "Intraoperative share of the global package, 0.00 to 1.00.",
  "postoperative_share": "Postoperative share of the global package, 0.00 to 1.00.",
  "multiple_procedure_indicator": "Rule for several procedures on one day: 0 none, 2 standard, 3 endoscopy, 4 imaging, 5 therapy, 6 cardiovascular, 7 ophthalmology, 9 does not apply. Null where CMS left it out.",
  "bilateral_surgery_indicator": "Both sides: 0 no increase, 1 150 percent, 2 RVUs are for both, 3 each side in full, 9 does not apply. Null where CMS left it out.",
  "assistant_at_surgery_indicator": "Assistant at surgery: 0 with documentation, 1 not paid, 2 paid, 9 does not apply. Null where CMS left it out.",
  "co_surgeons_indicator": "Two surgeons: 0 not paid, 1 with documentation, 2 paid, 9 does not apply. Null where CMS left it out.",
  "team_surgery_indicator": "Team of surgeons: 0 not paid, 1 with documentation, 2 paid, 9 does not apply. Null where CMS left it out.",
  "endoscopic_base": "Base code of an endoscopy family (multiple_procedure_indicator 3); null elsewhere.",
  "physician_supervision": "Supervision that a diagnostic test needs: 01 general, 02 direct, 03 personal, 09 does not apply, others as in the PPRRVU record layout.",
  "calculation_flag": "Whether the fee schedule amount is adjusted: 2 by 1.05 (psychotherapy, July 2008 to 2010), 3 by 0.98 (chiropractors, 2010 to 2014), 0 not; api.payment_rule has the factors.",
  "imaging_family": "Diagnostic imaging family: 88 subject to the reduction for several images, 99 does not apply.",
  "non_facility_pe_opps": "Practice expense RVUs of the hospital outpatient amount, outside a facility; 0.00 where CMS gives none.",
  "facility_pe_opps": "Practice expense RVUs of the hospital outpatient amount, in a facility; 0.00 where CMS gives none.",
  "mp_opps": "Malpractice RVUs of the hospital outpatient amount; 0.00 where CMS gives none.",
  "fully_implemented_non_facility_pe_rvu": "Practice expense RVUs outside a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones.",
  "fully_implemented_non_facility_na_indicator": "NA beside the fully implemented practice expense RVUs outside a facility; null elsewhere.",
  "fully_implemented_facility_pe_rvu": "Practice expense RVUs in a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones.",
  "fully_implemented_facility_na_indicator": "NA beside the fully implemented practice expense RVUs in a facility; null elsewhere.",
  "fully_implemented_non_facility_total_rvu": "Total RVUs outside a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones.",
  "fully_implemented_facility_total_rvu": "Total RVUs in a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones."
} $$);


select ops.publish_versions('pfs.gpci', 'Geographic practice cost indices (Addendum E).', 'MAC, locality', $$ {
  "mac": "Medicare Administrative Contractor, five digits.",
  "locality": "Payment locality, two digits, unique only within its MAC.",
  "state": "State: its name in LOCCO, two letters in GPCI; null where the file names none.",
  "locality_name": "Name of the locality, without footnote marks (GPCI, ANES).",
  "footnote_mark": "Asterisks that refer to a footnote of the file; null where there are none.",
  "work_gpci": "Work GPCI, with the floors of law.",
  "work_gpci_without_floor": "Work GPCI without the 1.0 floor; null where CMS does not print it.",
  "pe_gpci": "Practice expense GPCI, with the floors of law.",
  "mp_gpci": "Malpractice GPCI."
} $$);


select ops.publish_versions('pfs.opps_cap', 'OPPS cap on imaging (OPPSCAP), in dollars.', 'HCPCS code, modifier, MAC, locality', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "modifier": "26 professional part, TC technical part, 53 discontinued; empty text: the global or whole service.",
  "mac": "Medicare Administrative Contractor, five digits.",
  "locality": "Payment locality, two digits, unique only within its MAC.",
  "status_indicator": "Status code (PPRRVU): whether and how Medicare pays; api.status_payment says what each means for payment.",
  "facility_price": "Published OPPS cap in a facility, in dollars.",
  "non_facility_price": "Published OPPS cap outside a facility, in dollars."
} $$);


select ops.publish_versions('pfs.anesthesia_cf', 'Anesthesia conversion factors (ANES), in dollars per unit. Until 2025 one factor served everybody: both rows of a locality hold it.', 'MAC, locality, qualifying_apm', $$ {
  "mac": "Medicare Administrative Contractor, five digits.",
  "locality": "Payment locality, two digits, unique only within its MAC.",
  "qualifying_apm": "Whether the amount or factor is for qualifying APM participants, who have a conversion factor of their own from 2026.",
  "locality_name": "Name of the locality, without footnote marks (GPCI, ANES).",
  "footnote_mark": "Asterisks that refer to a footnote of the file; null where there are none.",
  "conversion_factor": "Conversion factor, in dollars per RVU; in anesthesia dollars per unit.",
  "national_conversion_factor": "National anesthesia conversion factor, in dollars per unit, with all the decimals that CMS prints; null where the file does not give it."
} $$);


select ops.publish_versions('pfs.locality', 'Localities and their counties (LOCCO).', 'MAC, locality, entry', $$ {
  "mac": "Medicare Administrative Contractor, five digits.",
  "locality": "Payment locality, two digits, unique only within its MAC.",
  "entry": "1 for the first row of a MAC and locality in LOCCO, 2 for its next.",
  "state": "State: its name in LOCCO, two letters in GPCI; null where the file names none.",
  "fee_schedule_area": "Name of the fee schedule area (LOCCO), footnote marks included.",
  "counties": "Counties, in CMS's prose (LOCCO)."
} $$);


select ops.publish_versions('pfs.conversion_factor', 'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it.', 'qualifying_apm', $$ {
  "qualifying_apm": "Whether the amount or factor is for qualifying APM participants, who have a conversion factor of their own from 2026.",
  "conversion_factor": "Conversion factor, in dollars per RVU; in anesthesia dollars per unit."
} $$);


select ops.publish_versions('zip.zip5', 'ZIP codes and their localities (ZIP5).', 'ZIP code', $$ {
  "zip": "ZIP code, five digits.",
  "state": "State in two letters; CMS splits some (EM, WM: Missouri).",
  "mac": "Medicare Administrative Contractor, five digits.",
  "locality": "Payment locality, two digits, unique only within its MAC.",
  "rural_indicator": "Rural by the definitions of 2013: R rural, B super rural; null for urban.",
  "lab_cb_locality": "Locality of laboratory competitive bidding: Z1, Z2, or Z9 for none.",
  "rural_indicator_2006": "Rural by the definitions of December 2006: R rural, B super rural; null for urban.",
  "plus_four_flag": "1 where the ZIP code spans localities and CMS's nine-digit file decides, 0 elsewhere.",
  "part_b_payment_indicator": "Part B payment indicator, as CMS prints it."
} $$);


select ops.publish_versions('hcpcs.hcpcs', 'HCPCS Level II codes and modifiers (ANWEB).', 'code or modifier', $$ {
  "hcpcs": "HCPCS Level II code of five characters, or modifier of two.",
  "kind": "procedure for a code, modifier for a modifier.",
  "long_description": "CMS's long description, its lines joined.",
  "short_description": "CMS's short description, at most 28 characters.",
  "pricing_indicators": "How Part B prices it, up to four: 00 not separately priced, 11 national RVUs, 13 by the contractor, 21 laboratory, 31–39 and 45–46 durable medical equipment and supplies, 51 drugs, 52 reasonable charge, 53 statute, 99 no value; others as in the record layout. Null for modifiers.",
  "multiple_pricing_indicator": "Priced by several methods: 9 not priced or no value, A by one, B and C professional part by RVUs and the rest otherwise, D to F until 1998, G laboratory with blood products. Null for modifiers.",
  "coverage_issues_references": "Sections of the Coverage Issues Manual, up to three; null where there are none.",
  "carriers_manual_references": "Sections of the Medicare Carriers Manual, up to three; null where there are none.",
  "statute": "Law that covers or excludes it, as CMS prints it; null where none is given.",
  "lab_certifications": "Certifications that a laboratory needs, up to eight; null where there are none.",
  "cross_references": "Codes or modifiers that CMS refers to, up to five; null where there are none.",
  "coverage_indicator": "Coverage: C judgment of the contractor, D special instructions, I not payable by Medicare, M not covered, S by statute; null where CMS gives none.",
  "asc_group": "YY where it is approved for ambulatory surgical centers; null elsewhere.",
  "asc_group_effective_on": "Since when it is in that group; null where it is in none.",
  "mog_group": "Medicare outpatient group; null where it is in none.",
  "mog_payment_indicator": "Payment policy of that group: 1 covered, 2 bundled, 3 excluded, 4 invalid, 6 separate, 7 restricted, 9 not applicable; null where there is none.",
  "mog_group_effective_on": "Since when it is in that group; null where it is in none.",
  "processing_note": "Number of its processing note, in the file proc_notes; null where there is none.",
  "betos": "Berenson-Eggers type of service, such as D1A for medical and surgical supplies; null for modifiers.",
  "types_of_service": "Types of service, up to five of one character each, such as 9 other items, P purchase and R rental of durable medical equipment; null for modifiers.",
  "anesthesia_base_units": "Anesthesia base units; null for modifiers.",
  "added_on": "Day on which it was added to HCPCS.",
  "action_effective_on": "Day on which its last change took effect; null where CMS left it out (A5513 of 2019).",
  "terminated_on": "Last day on which it may be used; null where it has no end.",
  "action_code": "Its change in this release: A added, B and C long description, D discontinued, F administrative data, N none, P payment, R reactivated, S short description, T BETOS or type of service."
} $$);


select ops.publish_versions('clfs.clfs', 'Clinical laboratory fee schedule, in dollars.', 'HCPCS code, modifier', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "modifier": "QW: a test that laboratories with a certificate of waiver may perform; empty text elsewhere.",
  "indicator": "Who sets the rate: N one national rate, L the Medicare Administrative Contractor.",
  "rate": "National rate in dollars. Null where the contractor sets it, for which CMS prints 0.00.",
  "short_description": "Short description of CMS, at most 28 characters; of CPT codes licensed by the AMA.",
  "long_description": "Long description of CMS, cut at 80 characters; of CPT codes licensed by the AMA. Null in a TXT, which has none.",
  "extended_description": "Long description in full; of CPT codes licensed by the AMA. Null in a TXT, which has none."
} $$);


select ops.publish_versions('asp.asp', 'Payment limits of Part B drugs (ASP), in dollars for one dosage unit of the code.', 'HCPCS code', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "short_description": "Short description of CMS; of CPT codes licensed by the AMA.",
  "dosage": "What one unit of the code is, such as 10 MG: the payment limit is for that.",
  "payment_limit": "Most that Medicare and the patient pay together for one unit, in dollars. Null where CMS prints N/A: notes say why.",
  "coinsurance_percentage": "Share of the payment limit that the patient pays, in percent: 20, less where the price rose faster than inflation, 0 for preventive vaccines. Null before April 2023, when it was 20 or 0 by law.",
  "vaccine_awp_percentage": "Percentage of the average wholesale price (AWP) that a vaccine is paid at; null for others.",
  "vaccine_limit": "Payment limit of a vaccine, in dollars; null for others.",
  "blood_awp_percentage": "Percentage of the average wholesale price (AWP) that a blood product is paid at; null for others.",
  "blood_limit": "Payment limit of a blood product, in dollars; null for others.",
  "clotting_factor": "Whether it is a blood clotting factor, for which Medicare pays a furnishing fee beside.",
  "notes": "CMS's remarks, such as when the code was added or how its limit was set; null where there are none."
} $$);


select ops.publish_versions('asp.asp_ndc', 'Packages of drugs that each HCPCS code of the payment limit file stands for (ASP NDC-HCPCS crosswalk).', 'HCPCS code, NDC', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "ndc": "National drug code as 5-4-2 digits, or the maker's own number of a product that has none, as CMS prints it.",
  "short_description": "Short description of CMS; of CPT codes licensed by the AMA.",
  "labeler_name": "Company that sells the package.",
  "drug_name": "Name of the drug.",
  "dosage": "What one unit of the code is, such as 10 MG.",
  "package_size": "Amount in one item, such as the milliliters of a vial.",
  "package_quantity": "Items in the package.",
  "billing_units": "Units of the code in one item, as CMS prints it.",
  "billing_units_per_package": "Units of the code in the whole package, as CMS prints it: in a few rows it is not items times units."
} $$);


select ops.publish_versions('dmepos.dmepos', 'DMEPOS fees by state, in dollars, without parenteral and enteral nutrition (api.dmepos_pen). A fee does not say that Medicare covers the item.', 'HCPCS code, modifiers, state', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "modifier": "First modifier: NU new, UE used, RR rented, or one that is paid by itself; empty text: none.",
  "modifier_2": "Second modifier, such as KE, KF or KU; empty text: none.",
  "state": "State, District of Columbia, Puerto Rico (PR) or Virgin Islands (VI).",
  "non_rural_fee": "Fee in dollars where the ZIP code is not rural, and in Alaska, Hawaii and the territories; null where CMS sets none (0.00).",
  "rural_fee": "Fee in dollars in the rural ZIP codes of the state; null where CMS sets none of its own (0.00): non_rural_fee then holds there too.",
  "ceiling": "National ceiling of the fee in dollars; null where the fee has none (0.00). Pays nothing by itself.",
  "floor": "National floor of the fee in dollars; null where the fee has none (0.00). Pays nothing by itself.",
  "jurisdiction": "Who processes the claim: D a DME MAC, L a Part B MAC, J either.",
  "category": "Payment category: IN inexpensive or routinely purchased, FS frequently serviced, CR capped rental, OX oxygen, OS ostomy, tracheostomy and urological, SD surgical dressings, PO prosthetics and orthotics, SU supplies, TE nerve stimulators, TS therapeutic shoes, IL intraocular lenses, SC splints and casts, LC lymphedema compression, LT labor.",
  "short_description": "CMS's short description."
} $$, '{state,non_rural_fee,rural_fee}');


select ops.publish_versions('dmepos.dmepos_pen', 'Fees of parenteral and enteral nutrition by state (DMEPEN), in dollars.', 'HCPCS code, modifiers, state', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "modifier": "First modifier: NU new, UE used, RR rented, or one that is paid by itself; empty text: none.",
  "modifier_2": "Second modifier, such as KE, KF or KU; empty text: none.",
  "state": "State, District of Columbia, Puerto Rico (PR) or Virgin Islands (VI).",
  "non_rural_fee": "Fee in dollars where the ZIP code is not rural, and in Alaska, Hawaii and the territories; null where CMS sets none (0.00).",
  "rural_fee": "Fee in dollars in the rural ZIP codes of the state; null where CMS sets none of its own (0.00): non_rural_fee then holds there too.",
  "short_description": "CMS's short description."
} $$, '{state,non_rural_fee,rural_fee}');


select ops.publish_versions('dmepos.dmepos_rural_zip', 'ZIP codes in which DMEPOS pays the rural fee.', 'ZIP code', $$ {
  "zip": "ZIP code, five digits.",
  "state": "State in two letters."
} $$);


select ops.publish_versions('dmepos.dmepos_former_cba', 'DMEPOS fees in former competitive bidding areas, in dollars.', 'HCPCS code, modifiers, area', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "modifier": "First modifier: NU new, UE used, RR rented, or one that is paid by itself; empty text: none.",
  "modifier_2": "Second modifier, such as KE, KF or KU; empty text: none.",
  "modifier_3": "Third modifier; empty text: none.",
  "area": "Former competitive bidding area, by CMS's short name for it.",
  "fee": "Fee in dollars in the ZIP codes of the area; null where CMS sets none there: the fee of the state then holds.",
  "category": "Payment category, as in api.dmepos; null where the file leaves it out (enteral nutrition).",
  "short_description": "CMS's short description."
} $$, '{area,fee}');


select ops.publish_versions('dmepos.dmepos_former_cba_zip', 'ZIP codes of former competitive bidding areas.', 'ZIP code', $$ {
  "zip": "ZIP code, five digits.",
  "state": "State in two letters.",
  "area": "Former competitive bidding area, by CMS's short name for it.",
  "area_name": "CMS's long name of the area."
} $$);


select ops.publish_versions('dmepos.dmepos_mail_order', 'Fees of diabetic testing supplies by mail order (modifier KL), in dollars, for the whole country.', 'HCPCS code, modifiers', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "modifier": "First modifier: NU new, UE used, RR rented, or one that is paid by itself; empty text: none.",
  "modifier_2": "Second modifier, such as KE, KF or KU; empty text: none.",
  "modifier_3": "Third modifier; empty text: none.",
  "fee": "Fee in dollars; null where CMS sets none.",
  "category": "Payment category, as in api.dmepos; null where the file leaves it out (enteral nutrition).",
  "short_description": "CMS's short description."
} $$);


select ops.publish_versions('asc_addenda.asc_procedure', 'Surgical procedures that Medicare covers in ambulatory surgical centers (addendum AA), rates in dollars before the wage index.', 'HCPCS code', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "footnote_mark": "Asterisks beside the code: * its office-based designation is temporary, for want of claims; ** a preventive service without coinsurance or deductible (Affordable Care Act, 4104 and 10406); *** a non-opioid alternative with a payment limit (Consolidated Appropriations Act 2023, 4135). Null where there are none.",
  "short_description": "CMS's short description; CPT and CDT descriptions are licensed by the AMA and the ADA. Null where it was left out.",
  "has_multiple_procedure_discount": "Whether the rate is halved where another procedure of the same session is paid more (42 CFR 416.172(e)). Null where CMS does not say.",
  "payment_indicator": "ASC payment indicator, such as A2, G2, J8 or N1; api.asc_payment_indicator says what each means (addendum DD1).",
  "payment_weight": "Weight that the ASC conversion factor is multiplied by, four decimals; null where the rate follows from none.",
  "payment_rate": "National rate in dollars, before the wage index; null where nothing is paid separately."
} $$);


select ops.publish_versions('asc_addenda.asc_ancillary', 'Ancillary services in ambulatory surgical centers (addendum BB), rates in dollars before the wage index.', 'HCPCS code', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "footnote_mark": "Asterisks beside the code: * its office-based designation is temporary, for want of claims; ** a preventive service without coinsurance or deductible (Affordable Care Act, 4104 and 10406); *** a non-opioid alternative with a payment limit (Consolidated Appropriations Act 2023, 4135). Null where there are none.",
  "short_description": "CMS's short description; CPT and CDT descriptions are licensed by the AMA and the ADA. Null where it was left out.",
  "pass_through_expiration": "* where the pass-through status of a drug or device ends during the calendar year; null elsewhere.",
  "payment_indicator": "ASC payment indicator, such as A2, G2, J8 or N1; api.asc_payment_indicator says what each means (addendum DD1).",
  "payment_weight": "Weight that the ASC conversion factor is multiplied by, four decimals; null where the rate follows from none.",
  "payment_rate": "National rate in dollars; null where nothing is paid separately, or the contractor prices it.",
  "adjusted_copayment": "Copayment in dollars where the Inflation Reduction Act makes it less than 20 percent of the rate; null elsewhere."
} $$);


select ops.publish_versions('asc_addenda.asc_payment_indicator', 'Payment indicators of the ASC addenda and what they mean (addendum DD1).', 'payment indicator', $$ {
  "payment_indicator": "Payment indicator, a letter and a digit.",
  "meaning": "What it means, in CMS's words."
} $$);


select ops.publish_versions('asc_addenda.asc_comment_indicator', 'Comment indicators, which mark codes that are new or changed in the addenda of a rule, and what they mean (addendum DD2).', 'comment indicator', $$ {
  "comment_indicator": "Comment indicator, two letters.",
  "meaning": "What it means, in CMS's words."
} $$);


select ops.publish_versions('asc_addenda.asc_excluded_procedure', 'Surgical procedures that Medicare does not pay for in ambulatory surgical centers (addendum EE).', 'HCPCS code', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "short_description": "CMS's short description; CPT and CDT descriptions are licensed by the AMA and the ADA. Null where it was left out."
} $$);


select ops.publish_versions('asc_addenda.asc_device_offset', 'Device offsets of the procedures of addendum AA (addendum FF), in percent and dollars. All null but the payment indicator where the procedure is packaged.', 'HCPCS code', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "footnote_mark": "Asterisks beside the code: * its office-based designation is temporary, for want of claims; ** a preventive service without coinsurance or deductible (Affordable Care Act, 4104 and 10406); *** a non-opioid alternative with a payment limit (Consolidated Appropriations Act 2023, 4135). Null where there are none.",
  "short_description": "CMS's short description; CPT and CDT descriptions are licensed by the AMA and the ADA. Null where it was left out.",
  "payment_indicator": "ASC payment indicator, such as A2, G2, J8 or N1; api.asc_payment_indicator says what each means (addendum DD1).",
  "apc": "Ambulatory payment classification of the procedure, four digits.",
  "apc_device_offset_percentage": "Device offset of the classification, in percent: the default for a procedure without claims. Null before 2025.",
  "opps_payment_rate": "Hospital outpatient rate of the procedure, in dollars.",
  "device_offset_percentage": "Device offset of the procedure, in percent. The procedure is device-intensive (J8) from 30 percent on.",
  "device_offset_amount": "The device's part in dollars. For J8 it is device_offset_percentage of opps_payment_rate."
} $$);


select ops.publish_versions('mup_phy.utilization', 'Part B services of a year in Original Medicare, by code, place and setting (MUP_PHY, by geography and service). A row holds for the year of its release: look at a day of that year.', 'HCPCS code, state or the nation, setting', $$ {
  "hcpcs": "HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.",
  "state_code": "FIPS code of the state or territory, or CMS's two characters for what is none; empty text: the nation.",
  "setting": "facility or non_facility: where the service took place, as the claim says.",
  "level": "nation or state.",
  "state": "Name of the state; National for the nation.",
  "is_drug": "Whether the code is on Medicare's list of Part B drugs.",
  "providers": "Providers who rendered the service.",
  "patients": "Patients who had the service; no sum over rows counts each of them once.",
  "services": "Services, in the units of the code.",
  "patient_days": "Services, counting one for each patient and day.",
  "average_submitted_charge": "Charge that the provider submitted for a service, in dollars: the average of the line items of the year, as printed.",
  "average_allowed_amount": "Amount that Medicare allowed for a service, with what the patient or a third party pays of it, in dollars: the average of the line items of the year, as printed.",
  "average_payment": "Amount that Medicare paid for a service, after deductible and coinsurance, in dollars: the average of the line items of the year, as printed.",
  "average_standardized_payment": "Amount that Medicare paid for a service, with geographic differences taken out, in dollars: the average of the line items of the year, as printed."
} $$);
