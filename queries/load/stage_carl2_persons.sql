-- One pass over CARL2's persons: every text typed once, the texts that would not be typed kept beside. The table lives in
-- memory, in file order, until the snapshot's own tables are made from it. A link date after the as-of day is no date.
create temp table staged_carl2_persons as
with typed as (
    select
        *,
        day_of(cpr_linked_on) as linked_day,
        day_of(birth_date) as birth_day,
        day_of(entered_on) as entered_day
    from extract_carl2_persons
)
select
    key_of('p', person_id) as person_key,
    person_id,
    digits_of(cpr_number) as cpr_number,
    state_of_number(digits_of(cpr_number)) as number_state,
    case when linked_day <= (select as_of from loading) then linked_day end as linked_on,
    case when linked_day > (select as_of from loading) then linked_day end as linked_after_as_of,
    no_day(cpr_linked_on, linked_day) as cpr_linked_on_text,
    family_name,
    given_name,
    birth_day as birth_date,
    no_day(birth_date, birth_day) as birth_date_text,
    sex_of(sex) as sex,
    citizenship,
    entered_day as entered_on,
    no_day(entered_on, entered_day) as entered_on_text
from typed;
