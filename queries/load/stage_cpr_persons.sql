-- One pass over the CPR extract: every text typed once, the texts that would not be typed kept beside. The table lives in
-- memory, in file order, until the snapshot's own tables are made from it.
set preserve_insertion_order = true;

create table staged_cpr_persons as
with read as (
    select
        *,
        digits_of(cpr_number) as digits,
        whole_number(digits_of(cpr_number)) as n,
        coalesce(status_from_read, try_cast(status_from as date)) as status_from_cast,
        coalesce(birth_date_read, try_cast(birth_date as date)) as birth_date_cast,
        coalesce(resident_from_read, try_cast(resident_from as date)) as resident_from_cast,
        coalesce(registered_on_read, try_cast(registered_on as date)) as registered_on_cast,
        coalesce(immigrated_on_read, try_cast(immigrated_on as date)) as immigrated_on_cast
    from extract_cpr_persons
),
typed as (
    select
        *,
        n // 100000000 % 60 as number_day,
        n // 1000000 % 100 as number_month,
        strict_day(status_from, status_from_cast) as status_from_day,
        strict_day(birth_date, birth_date_cast) as birth_date_day,
        strict_day(resident_from, resident_from_cast) as resident_from_day,
        strict_day(registered_on, registered_on_cast) as registered_on_day,
        strict_day(immigrated_on, immigrated_on_cast) as immigrated_on_day
    from read
)
select
    number_key(digits) as number_key,
    digits as cpr_number,
    state_of_number(digits, n, number_day, number_month) as number_state,
    digits_of(current_cpr_number) as current_cpr_number,
    status,
    status_from_day as status_from,
    no_day(status_from, status_from_day) as status_from_text,
    sex,
    birth_date_day as birth_date,
    no_day(birth_date, birth_date_day) as birth_date_text,
    family_name,
    given_name,
    citizenship,
    municipality_code,
    resident_from_day as resident_from,
    no_day(resident_from, resident_from_day) as resident_from_text,
    registered_on_day as registered_on,
    no_day(registered_on, registered_on_day) as registered_on_text,
    immigrated_on_day as immigrated_on,
    no_day(immigrated_on, immigrated_on_day) as immigrated_on_text,
    person_id,
    coalesce(protected = '1', false) as protected,
    blanks
from typed;

set preserve_insertion_order = false;
