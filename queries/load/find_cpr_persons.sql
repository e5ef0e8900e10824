-- What is wrong in the loaded CPR rows and was kept.
insert into found_rows
select 'cpr_persons', rowid, 'status_from', 'not_a_date' from staged_cpr_persons where status_from_text is not null
union all
select 'cpr_persons', rowid, 'birth_date', 'not_a_date' from staged_cpr_persons where birth_date_text is not null
union all
select 'cpr_persons', rowid, 'resident_from', 'not_a_date' from staged_cpr_persons where resident_from_text is not null
union all
select 'cpr_persons', rowid, 'registered_on', 'not_a_date' from staged_cpr_persons where registered_on_text is not null
union all
select 'cpr_persons', rowid, 'immigrated_on', 'not_a_date' from staged_cpr_persons where immigrated_on_text is not null
union all
select 'cpr_persons', rowid, 'cpr_number', number_state
from staged_cpr_persons
where number_state <> 'well_formed'
union all
select 'cpr_persons', rowid, 'sex', 'unknown_code' from staged_cpr_persons where sex not in ('M', 'K')
union all
select 'cpr_persons', rowid, 'status', 'unknown_code'
from staged_cpr_persons
where status not in ('01', '03', '05', '07', '20', '30', '50', '60', '70', '80', '90')
union all
select 'cpr_persons', s.rowid, 'citizenship', 'unknown_code'
from staged_cpr_persons s
anti join citizenship_codes k on k.text = s.citizenship
where s.citizenship is not null
union all
select 'cpr_persons', s.rowid, 'municipality_code', 'unknown_code'
from staged_cpr_persons s
anti join snapshot.code_municipalities k on k.code = s.municipality_code
where s.municipality_code is not null
union all
select 'cpr_persons', rowid, unnest(columns_of_bits(blanks, ['status', 'sex', 'citizenship', 'municipality_code', 'person_id'])), 'surrounding_blanks'
from staged_cpr_persons
where blanks > 0;

insert into identities.untyped_values
select 'cpr_persons', number_key, 'status_from', status_from_text from staged_cpr_persons where status_from_text is not null
union all
select 'cpr_persons', number_key, 'resident_from', resident_from_text from staged_cpr_persons where resident_from_text is not null
union all
select 'cpr_persons', number_key, 'registered_on', registered_on_text from staged_cpr_persons where registered_on_text is not null
union all
select 'cpr_persons', number_key, 'immigrated_on', immigrated_on_text from staged_cpr_persons where immigrated_on_text is not null
union all
select 'cpr_persons', number_key, 'status', status from staged_cpr_persons where like_a_number(status)
union all
select 'cpr_persons', number_key, 'sex', sex from staged_cpr_persons where like_a_number(sex)
union all
select 'cpr_persons', number_key, 'citizenship', citizenship from staged_cpr_persons where like_a_number(citizenship)
union all
select 'cpr_persons', number_key, 'municipality_code', municipality_code from staged_cpr_persons where like_a_number(municipality_code);
