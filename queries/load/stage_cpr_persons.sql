-- One pass over the CPR extract: every text typed once, the texts that would not be typed kept beside. The table lives in
-- memory, in file order, until the snapshot's own tables are made from it.
create temp table staged_cpr_persons as
with typed as (
    select
        *,
        digits_of(cpr_number) as digits,
        day_of(status_from) as status_day,
        day_of(birth_date) as birth_day,
        day_of(resident_from) as resident_day,
        day_of(registered_on) as registered_day,
        day_of(immigrated_on) as immigrated_day
    from extract_cpr_persons
)
select
    key_of('n', digits) as number_key,
    digits as cpr_number,
    state_of_number(digits) as number_state,
    digits_of(current_cpr_number) as current_cpr_number,
    status,
    status_day as status_from,
    no_day(status_from, status_day) as status_from_text,
    sex_of(sex) as sex,
    birth_day as birth_date,
    no_day(birth_date, birth_day) as birth_date_text,
    family_name,
    given_name,
    citizenship,
    municipality_code,
    resident_day as resident_from,
    no_day(resident_from, resident_day) as resident_from_text,
    registered_day as registered_on,
    no_day(registered_on, registered_day) as registered_on_text,
    immigrated_day as immigrated_on,
    no_day(immigrated_on, immigrated_day) as immigrated_on_text,
    person_id
from typed;
