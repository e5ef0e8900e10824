-- One pass over CARL2's persons: every text typed once, the texts that would not be typed kept beside. The table lives in
-- memory, in file order, until the snapshot's own tables are made from it. A link date after the as-of day is no date.
set preserve_insertion_order = true;

create table staged_carl2_persons as
with read as (
    select
        *,
        digits_of(cpr_number) as digits,
        whole_number(digits_of(cpr_number)) as n,
        coalesce(cpr_linked_on_read, try_cast(cpr_linked_on as date)) as cpr_linked_on_cast,
        coalesce(birth_date_read, try_cast(birth_date as date)) as birth_date_cast,
        coalesce(entered_on_read, try_cast(entered_on as date)) as entered_on_cast
    from extract_carl2_persons
),
typed as (
    select
        *,
        n // 100000000 % 60 as number_day,
        n // 1000000 % 100 as number_month,
        strict_day(cpr_linked_on, cpr_linked_on_cast) as cpr_linked_on_day,
        strict_day(birth_date, birth_date_cast) as birth_date_day,
        strict_day(entered_on, entered_on_cast) as entered_on_day
    from read
)
select
    person_key(person_id) as person_key,
    person_id,
    digits as cpr_number,
    state_of_number(digits, n, number_day, number_month) as number_state,
    case when cpr_linked_on_day <= (select as_of from loading) then cpr_linked_on_day end as linked_on,
    case when cpr_linked_on_day > (select as_of from loading) then cpr_linked_on_day end as linked_after_as_of,
    no_day(cpr_linked_on, cpr_linked_on_day) as cpr_linked_on_text,
    family_name,
    given_name,
    birth_date_day as birth_date,
    no_day(birth_date, birth_date_day) as birth_date_text,
    sex,
    citizenship,
    entered_on_day as entered_on,
    no_day(entered_on, entered_on_day) as entered_on_text,
    entered_on_delivered,
    blanks
from typed;

set preserve_insertion_order = false;
