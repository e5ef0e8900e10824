-- The rows of CPR's persons as load/below_table and load/between_rows look at them: whether a row is surely one, whether it says nothing that a
-- person has, and whether that alone tells that it is none: it does not, a number alone may be a person.
create or replace view judged_rows as
select
    rowid as row,
    cpr_number as key,
    cpr_number is null and status is null as is_blank,
    number_state <> 'malformed' as is_row,
    number_state = 'malformed' and birth_date is null and (
        status_from is null and resident_from is null and registered_on is null and nothing_or_count(current_cpr_number) and nothing_or_count(status)
        and nothing_or_count(sex) and nothing_or_count(family_name) and nothing_or_count(given_name) and nothing_or_count(citizenship)
        and nothing_or_count(municipality_code) and nothing_or_count(person_id)
        or like_a_total(cpr_number)
    ) as lacks,
    false as tells
from staged_cpr_persons;
