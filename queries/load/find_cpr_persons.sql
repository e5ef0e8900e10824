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
select 'cpr_persons', rowid, 'status_from', 'after_as_of_day' from staged_cpr_persons where status_from > (select as_of from loading)
union all
select 'cpr_persons', rowid, 'birth_date', 'after_as_of_day' from staged_cpr_persons where birth_date > (select as_of from loading)
union all
select 'cpr_persons', rowid, 'resident_from', 'after_as_of_day' from staged_cpr_persons where resident_from > (select as_of from loading)
union all
select 'cpr_persons', rowid, 'registered_on', 'after_as_of_day' from staged_cpr_persons where registered_on > (select as_of from loading)
union all
select 'cpr_persons', rowid, 'immigrated_on', 'after_as_of_day' from staged_cpr_persons where immigrated_on > (select as_of from loading)
union all
select 'cpr_persons', rowid, 'status_from', 'implausible_day' from staged_cpr_persons where status_from < first_plausible('status_from')
union all
select 'cpr_persons', rowid, 'birth_date', 'implausible_day' from staged_cpr_persons where birth_date < first_plausible('birth_date')
union all
select 'cpr_persons', rowid, 'resident_from', 'implausible_day' from staged_cpr_persons where resident_from < first_plausible('resident_from')
union all
select 'cpr_persons', rowid, 'registered_on', 'implausible_day' from staged_cpr_persons where registered_on < first_plausible('registered_on')
union all
select 'cpr_persons', rowid, 'immigrated_on', 'implausible_day' from staged_cpr_persons where immigrated_on < first_plausible('immigrated_on')
union all
select 'cpr_persons', rowid, 'cpr_number', unnest(with_lost_zeros(number_state, cpr_number, 10))
from staged_cpr_persons
where number_state <> 'well_formed'
union all
select 'cpr_persons', rowid, 'current_cpr_number', 'lost_zeros'
from staged_cpr_persons
where length(current_cpr_number) = 9 and regexp_full_match(current_cpr_number, '[0-9]+') and (select number_format from loading) <> 'opaque'
union all
select
    'cpr_persons',
    rowid,
    unnest(columns_of_bits(blanks, [
        'cpr_number', 'current_cpr_number', 'status', 'status_from', 'sex', 'birth_date', 'citizenship', 'municipality_code', 'resident_from', 'registered_on',
        'immigrated_on', 'person_id'
    ])),
    'surrounding_blanks'
from staged_cpr_persons
where blanks > 0
union all
select 'cpr_persons', s.rowid, 'status', unnest(with_lost_zeros('unknown_code', s.status, 2))
from staged_cpr_persons s
semi join unknown_texts('cpr_persons', 'status') u on u.text = s.status
union all
select 'cpr_persons', s.rowid, 'sex', 'unknown_code'
from staged_cpr_persons s
semi join unknown_texts('cpr_persons', 'sex') u on u.text = s.sex
union all
select 'cpr_persons', s.rowid, 'citizenship', unnest(with_lost_zeros('unknown_code', s.citizenship, 4))
from staged_cpr_persons s
semi join unknown_texts('cpr_persons', 'citizenship') u on u.text = s.citizenship
union all
select 'cpr_persons', s.rowid, 'municipality_code', unnest(with_lost_zeros('unknown_code', s.municipality_code, 4))
from staged_cpr_persons s
semi join unknown_texts('cpr_persons', 'municipality_code') u on u.text = s.municipality_code;

insert into everybody.untyped_values
select 'cpr_persons', number_key, 'status_from', status_from_text from staged_cpr_persons where status_from_text is not null
union all
select 'cpr_persons', number_key, 'resident_from', resident_from_text from staged_cpr_persons where resident_from_text is not null
union all
select 'cpr_persons', number_key, 'registered_on', registered_on_text from staged_cpr_persons where registered_on_text is not null
union all
select 'cpr_persons', number_key, 'immigrated_on', immigrated_on_text from staged_cpr_persons where immigrated_on_text is not null
union all
select 'cpr_persons', number_key, 'status', s.status
from staged_cpr_persons s
semi join hidden_texts('cpr_persons', 'status') u on u.text = s.status
union all
select 'cpr_persons', number_key, 'sex', s.sex
from staged_cpr_persons s
semi join hidden_texts('cpr_persons', 'sex') u on u.text = s.sex
union all
select 'cpr_persons', number_key, 'citizenship', s.citizenship
from staged_cpr_persons s
semi join hidden_texts('cpr_persons', 'citizenship') u on u.text = s.citizenship
union all
select 'cpr_persons', number_key, 'municipality_code', s.municipality_code
from staged_cpr_persons s
semi join hidden_texts('cpr_persons', 'municipality_code') u on u.text = s.municipality_code;

insert into read_days
select
    'cpr_persons',
    unnest(['status_from', 'birth_date', 'resident_from', 'registered_on', 'immigrated_on']),
    unnest([count(status_from), count(birth_date), count(resident_from), count(registered_on), count(immigrated_on)]),
    unnest([
        count(status_from_text),
        count(birth_date_text),
        count(resident_from_text),
        count(registered_on_text),
        count(immigrated_on_text)
    ]),
    unnest([
        count(*) filter (where day_in_part(status_from_text)),
        count(*) filter (where day_in_part(birth_date_text)),
        count(*) filter (where day_in_part(resident_from_text)),
        count(*) filter (where day_in_part(registered_on_text)),
        count(*) filter (where day_in_part(immigrated_on_text))
    ])
from staged_cpr_persons;
