-- What is wrong in the loaded person rows of CARL2 and was kept. A person's second and later rows are «repeated».
insert into found_rows
select 'carl2_persons', rowid, 'cpr_linked_on', 'not_a_date' from staged_carl2_persons where cpr_linked_on_text is not null
union all
select 'carl2_persons', rowid, 'cpr_linked_on', 'link_after_as_of' from staged_carl2_persons where linked_after_as_of is not null
union all
select 'carl2_persons', rowid, 'birth_date', 'not_a_date' from staged_carl2_persons where birth_date_text is not null
union all
select 'carl2_persons', rowid, 'entered_on', 'not_a_date' from staged_carl2_persons where entered_on_text is not null
union all
select 'carl2_persons', rowid, 'birth_date', 'after_as_of_day' from staged_carl2_persons where birth_date > (select as_of from loading)
union all
select 'carl2_persons', rowid, 'entered_on', 'after_as_of_day' from staged_carl2_persons where entered_on > (select as_of from loading)
union all
select 'carl2_persons', rowid, 'cpr_linked_on', 'implausible_day' from staged_carl2_persons where linked_on < first_plausible('cpr_linked_on')
union all
select 'carl2_persons', rowid, 'birth_date', 'implausible_day' from staged_carl2_persons where birth_date < first_plausible('birth_date')
union all
select 'carl2_persons', rowid, 'entered_on', 'implausible_day' from staged_carl2_persons where entered_on < first_plausible('entered_on')
union all
select 'carl2_persons', rowid, 'cpr_number', unnest(with_lost_zeros(number_state, cpr_number, 10))
from staged_carl2_persons
where number_state in ('malformed', 'replacement')
union all
select 'carl2_persons', s.rowid, 'person_id', 'repeated'
from staged_carl2_persons s
join repeated_persons r on r.person_key = s.person_key
where s.rowid > r.first_row
union all
select
    'carl2_persons',
    rowid,
    unnest(columns_of_bits(blanks, ['person_id', 'cpr_number', 'cpr_linked_on', 'birth_date', 'sex', 'citizenship', 'entered_on'])),
    'surrounding_blanks'
from staged_carl2_persons
where blanks > 0
union all
select 'carl2_persons', s.rowid, 'sex', 'unknown_code'
from staged_carl2_persons s
semi join unknown_texts('carl2_persons', 'sex') u on u.text = s.sex
union all
select 'carl2_persons', s.rowid, 'citizenship', unnest(with_lost_zeros('unknown_code', s.citizenship, 4))
from staged_carl2_persons s
semi join unknown_texts('carl2_persons', 'citizenship') u on u.text = s.citizenship;

insert into everybody.untyped_values
select 'carl2_persons', person_key, 'cpr_linked_on', cpr_linked_on_text from staged_carl2_persons where cpr_linked_on_text is not null
union all
select 'carl2_persons', person_key, 'entered_on', entered_on_text from staged_carl2_persons where entered_on_text is not null
union all
select 'carl2_persons', person_key, 'sex', s.sex
from staged_carl2_persons s
semi join hidden_texts('carl2_persons', 'sex') u on u.text = s.sex
union all
select 'carl2_persons', person_key, 'citizenship', s.citizenship
from staged_carl2_persons s
semi join hidden_texts('carl2_persons', 'citizenship') u on u.text = s.citizenship;

insert into read_days
select
    'carl2_persons',
    unnest(['cpr_linked_on', 'birth_date', 'entered_on']),
    unnest([count(linked_on) + count(linked_after_as_of), count(birth_date), count(entered_on)]),
    unnest([count(cpr_linked_on_text), count(birth_date_text), count(entered_on_text)]),
    unnest([
        count(*) filter (where day_in_part(cpr_linked_on_text)),
        count(*) filter (where day_in_part(birth_date_text)),
        count(*) filter (where day_in_part(entered_on_text))
    ])
from staged_carl2_persons;
