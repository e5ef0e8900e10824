-- The last rows of a file of persons, as load/below_table looks at them: whether a row is surely one, whether it says nothing that a person
-- has, and whether that alone tells that it is none: it does not, a person without a CPR-number may have a person-id only.
create or replace table tail as
select
    rowid as row,
    person_id as key,
    person_id is null and cpr_number is null as is_blank,
    not nothing_or_count(cpr_number) as is_row,
    nothing_or_count(cpr_number) and nothing_or_count(family_name) and nothing_or_count(given_name) and nothing_or_count(sex)
    and nothing_or_count(citizenship) and birth_date is null and entered_on is null and linked_on is null and linked_after_as_of is null as lacks,
    false as tells
from staged_carl2_persons
where rowid >= greatest($first_row, $next_row - 100) and rowid < $next_row;
