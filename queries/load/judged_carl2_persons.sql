-- The rows of CARL2's persons as load/below_table and load/between_rows look at them: whether a row is surely one, whether it says nothing that a person
-- has, and whether that alone tells that it is none: it does not, a person without a CPR-number may have a person-id only.
create or replace view judged_rows as
select
    rowid as row,
    person_id as key,
    person_id is null and cpr_number is null as is_blank,
    not nothing_or_count(cpr_number) as is_row,
    birth_date is null and linked_on is null and linked_after_as_of is null and nothing_or_count(cpr_number) and (
        entered_on is null and nothing_or_count(family_name) and nothing_or_count(given_name) and nothing_or_count(sex) and nothing_or_count(citizenship)
        or like_a_total(person_id)
    ) as lacks,
    false as tells
from staged_carl2_persons;
