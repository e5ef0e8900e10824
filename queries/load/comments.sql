-- What every table and column of the snapshot means, kept in its catalogue. A column that an extract delivers means what
-- registers/tables.go says, in the same words.

begin;

comment on table carl2_permits is 'permit registrations of the immigration authorities, one row a decision';
comment on column carl2_permits.permit_key is 'stands for permit_id: the same in all snapshots of the store';
comment on column carl2_permits.person_key is 'stands for the person_id the permit was decided for';
comment on column carl2_permits.decided_on is 'the day of the decision';
comment on column carl2_permits.decided_after_as_of is 'whether the day delivered lies after the as-of day; it is impossible, and decided_on is NULL';
comment on column carl2_permits.decision is 'granted, refused, withdrawn, revoked, lapsed or pending';
comment on column carl2_permits.granted is 'whether the permit was ever granted: granted, or lapsed or revoked since';
comment on column carl2_permits.legal_basis is 'the provision of udlændingeloven, as delivered';
comment on column carl2_permits.person_group is 'person group: the one delivered, else the only group of the legal basis, else unknown';
comment on column carl2_permits.category is 'category: the one delivered, else that of the group, else the one that all groups of the basis share, else unknown';
comment on column carl2_permits.valid_from is 'first day of the permit';
comment on column carl2_permits.valid_to is 'last day of the permit';
comment on column carl2_permits.lapsed_on is 'the day a lapsed or revoked permit ended';
comment on column carl2_permits.municipality_code is 'the municipality the holder was allocated to';
comment on column carl2_permits.link_status is 'what became of the permit: no_person, unlinked, malformed, replacement, not_in_cpr, superseded, conflict, linked or linked_unverified; NULL where not granted';
comment on column carl2_permits.linked_on is 'the day a well-formed CPR-number was coupled to the person of a granted permit; NULL where unknown or none';
comment on column carl2_permits.birth_date_at_odds is 'whether CARL2 and CPR''s record of the number state different days of birth; NULL where either states none, and where the number is not in CPR, or was closed there';
comment on column carl2_permits.sex_at_odds is 'whether CARL2 and CPR''s record of the number state different sexes; NULL as above';
comment on column carl2_permits.number_on_several_persons is 'whether several person-ids carry the number; NULL where it is not in CPR, or was closed there';
comment on column carl2_permits.gone_before_decision is 'whether CPR had the holder of the number dead, disappeared or emigrated before the decision; NULL where no day says so';
comment on column carl2_permits.number_begun_after_link is 'whether CPR''s record of the number began after the day on which it was coupled; NULL where either day is missing';
comment on column carl2_permits.linked_before_birth is 'whether the number was coupled before the person''s day of birth in CARL2; NULL where either day is missing';
comment on column carl2_permits.not_expected is 'why no CPR-number is expected: not_entered or lapsed; NULL where one is';
comment on column carl2_permits.is_first is 'whether it is the person''s first granted permit';
comment on column carl2_permits.grant_order is 'which of the person''s granted permits it is, 1 the first; NULL where it was not granted';
comment on column carl2_permits.several_granted is 'whether the person has further granted permits';
comment on column carl2_permits.sex is 'the person''s sex: M man, K woman';
comment on column carl2_permits.citizenship is 'the person''s citizenship: CPR''s four digits, or the text delivered where no country is known by it';
comment on column carl2_permits.citizenship_group is 'the citizenship''s group on the day of the decision: danish, nordic, eu_eea_ch, other or unknown';
comment on column carl2_permits.birth_year is 'the person''s year of birth in CARL2';
comment on column carl2_permits.age_group is 'the person''s age group on the day of the decision: 0-14, 15-17, 18-24, 25-39, 40-59, 60+ or unknown';

comment on table carl2_persons is 'persons of the immigration authorities'' register, one row a person-id';
comment on column carl2_persons.person_key is 'stands for person_id: the same in all snapshots of the store';
comment on column carl2_persons.number_key is 'stands for the person''s CPR-number; NULL where none is coupled, or no well-formed or replacement number';
comment on column carl2_persons.number_state is 'what stands in cpr_number: none, malformed, replacement or well_formed';
comment on column carl2_persons.numbers is 'how many different CPR-numbers the person''s rows hold';
comment on column carl2_persons.number_shared is 'whether another person-id holds the same CPR-number';
comment on column carl2_persons.cpr_linked_on is 'the day the CPR-number was coupled';
comment on column carl2_persons.birth_year is 'year of birth';
comment on column carl2_persons.sex is 'M man, K woman; F is read as K';
comment on column carl2_persons.citizenship is 'CPR''s four digits, or the text delivered where no country is known by it';
comment on column carl2_persons.entered_on is 'the day the person came to Denmark; empty for who never came';
comment on column carl2_persons.link_status is 'what became of the person''s CPR-number, in the words of carl2_permits.link_status';
comment on column carl2_persons.number_fault is 'the first rule that the number breaks: format, date, replacement, born_after_as_of, remainder or january; NULL where it breaks none';
comment on column carl2_persons.birth_differs is 'whether the row''s day of birth is another than the number''s';
comment on column carl2_persons.sex_differs is 'whether the row''s sex is another than the number''s';

comment on table cpr_persons is 'persons of the civil registration system, one row a CPR-number';
comment on column cpr_persons.number_key is 'stands for the CPR-number of the record';
comment on column cpr_persons.current_number_key is 'stands for the number that replaced this one; NULL where none did';
comment on column cpr_persons.status is 'status in CPR, two digits';
comment on column cpr_persons.status_from is 'the day the status began';
comment on column cpr_persons.sex is 'M man, K woman; F is read as K';
comment on column cpr_persons.birth_year is 'year of birth';
comment on column cpr_persons.citizenship is 'CPR''s four digits, or the text delivered where no country is known by it';
comment on column cpr_persons.municipality_code is 'municipality of residence';
comment on column cpr_persons.resident_from is 'the day residence in the municipality began';
comment on column cpr_persons.registered_on is 'the day the number began';
comment on column cpr_persons.immigrated_on is 'first immigration';
comment on column cpr_persons.number_fault is 'the first rule that the number breaks: format, date, replacement, born_after_as_of, remainder or january; NULL where it breaks none';
comment on column cpr_persons.birth_differs is 'whether the row''s day of birth is another than the number''s';
comment on column cpr_persons.sex_differs is 'whether the row''s sex is another than the number''s';
comment on column cpr_persons.person_id_leads_to is 'where the person-id that the record names leads: this: a person who carries the number; other: one who carries another; none: one who carries no number; nobody: CARL2 has no such person-id; NULL where it names none';
comment on column cpr_persons.carried is 'this: CARL2 carries the number on a person with a granted permit; older: it carries there a number that leads to this one; NULL where neither';
comment on column cpr_persons.permit_in_force is 'whether any of the granted permits that CARL2 has on the number is in force on the as-of day; NULL where it has none';
comment on column cpr_persons.latest_category is 'the category of the latest of those permits';

comment on table untyped_values is 'texts that should have been days and are none, kept as delivered';
comment on column untyped_values.table_name is 'the table';
comment on column untyped_values.row_key is 'the row''s permit_key, person_key or number_key';
comment on column untyped_values.column_name is 'the column';
comment on column untyped_values.text is 'the day as delivered; of what could be a number, a name, an id or a birth date, its pattern';

comment on table findings is 'what is wrong in the loaded rows and was kept, counted by file, column and reason';
comment on column findings.table_name is 'the table';
comment on column findings.file_number is 'the table''s file, in the order of loading, from 1';
comment on column findings.column_name is 'the column';
comment on column findings.reason is 'the reason, of the closed list';
comment on column findings.n is 'how many rows';

comment on table delivered_columns is 'the columns that the extracts delivered; any other column is NULL in every row';
comment on column delivered_columns.table_name is 'the table';
comment on column delivered_columns.column_name is 'the column';

comment on table snapshot is 'what the snapshot says of itself, one row';
comment on column snapshot.as_of is 'the day the extracts were drawn';
comment on column snapshot.loaded_at is 'when they were loaded, in UTC';
comment on column snapshot.program is 'the version of the program that loaded them';
comment on column snapshot.hash is 'SHA-256 over everything that was loaded and how; equal loads have equal hashes';
comment on column snapshot.number_format is 'cpr, or opaque where the shared key follows no rule';
comment on column snapshot.number_remainder is 'what the digits'' weighted sum should leave modulo 11: 0 in numbers that were issued';
comment on column snapshot.cpr_loaded is 'whether there is a CPR extract';

comment on table further_numbers is 'the numbers that CARL2 carries on a person beside the person''s own';
comment on column further_numbers.person_key is 'stands for the person-id';
comment on column further_numbers.number_key is 'stands for the number';

comment on table known_bases is 'the legal bases delivered that the table of legal bases knows';
comment on column known_bases.legal_basis is 'the provision, as delivered';

comment on table persons_without_permit is 'the persons of CARL2 without any permit registration';
comment on column persons_without_permit.person_key is 'stands for the person-id';

comment on table number_chains is 'where the chain of each replaced number ends, over how many steps';
comment on column number_chains.number_key is 'stands for the replaced number';
comment on column number_chains.leads_to is 'stands for the number that holds now; NULL where the chain runs in a circle';
comment on column number_chains.steps is 'over how many steps; NULL where the chain runs in a circle';

comment on table code_municipalities is 'municipalities by their code';
comment on column code_municipalities.code is 'municipality code';
comment on column code_municipalities.name is 'name';
comment on column code_municipalities.valid_from is 'first day of the code';
comment on column code_municipalities.valid_to is 'last day of the code; NULL where it holds';
comment on column code_municipalities.successor is 'the code that took over, where one did';
comment on column code_municipalities.split is 'whether the municipality was split in 2007';
comment on column code_municipalities.region_code is 'code of the region';
comment on column code_municipalities.region_name is 'name of the region';

comment on table code_countries is 'countries and citizenships by CPR''s code';
comment on column code_countries.code is 'CPR''s four digits';
comment on column code_countries.name_da is 'name in Danish';
comment on column code_countries.name_en is 'name in English';
comment on column code_countries.iso2 is 'ISO 3166-1 alpha-2';
comment on column code_countries.iso3 is 'ISO 3166-1 alpha-3';
comment on column code_countries.valid_from is 'first day of CPR''s entry';
comment on column code_countries.valid_to is 'last day of CPR''s entry; NULL where it holds';

comment on table code_citizenship_groups is 'the group of a citizenship, with the days on which it holds';
comment on column code_citizenship_groups.code is 'CPR''s four digits';
comment on column code_citizenship_groups.citizenship_group is 'danish, nordic, eu_eea_ch, other or unknown';
comment on column code_citizenship_groups.valid_from is 'first day; NULL where open';
comment on column code_citizenship_groups.valid_to is 'last day; NULL where open';

comment on table code_western_countries is 'western countries as Statistics Denmark groups them, and codes that are no country; any other country is non_western';
comment on column code_western_countries.code is 'CPR''s four digits';
comment on column code_western_countries.western is 'western, stateless or unknown';

comment on table code_legal_bases is 'person groups with their legal basis and category';
comment on column code_legal_bases.person_group is 'person group';
comment on column code_legal_bases.legal_basis is 'the provision';
comment on column code_legal_bases.category is 'category';
comment on column code_legal_bases.administrative_number is 'whether the group is given administrative CPR-numbers';
comment on column code_legal_bases.valid_from is 'first day; NULL where open';
comment on column code_legal_bases.valid_to is 'last day; NULL where open';

comment on table code_breaks is 'the days on which law or practice broke the series';
comment on column code_breaks.day is 'the first day on which it was another';
comment on column code_breaks.name_da is 'what changed, in Danish';
comment on column code_breaks.name_en is 'what changed, in English';

comment on table code_assumptions is 'numbers that the definitions leave to the program';
comment on column code_assumptions.name is 'name';
comment on column code_assumptions.value is 'value';
comment on column code_assumptions.meaning is 'what it decides';
comment on column code_assumptions.source is 'where it comes from';

commit;
