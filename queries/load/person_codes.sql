-- The codes of the two person tables as they may be seen, as one type. A code is kept as delivered, known or not; what could be somebody's number
-- is shown as its pattern, and the text itself stays with the identities.
create temp type person_code as enum (
    with delivered as (
        select distinct sex as text from staged_carl2_persons
        union
        select distinct citizenship from staged_carl2_persons
        union
        select distinct status from staged_cpr_persons
        union
        select distinct sex from staged_cpr_persons
        union
        select distinct citizenship from staged_cpr_persons
        union
        select distinct municipality_code from staged_cpr_persons
        union
        select code from citizenship_codes
    )
    select distinct case when like_a_number(text) then pattern_of(text) else text end as code
    from delivered
    where text is not null
    order by code
);

-- The code of a text: the text itself, or its pattern where the text is none of the type.
create or replace temp macro person_code(text) as
    coalesce(try_cast(text as person_code), pattern_of(text)::person_code);
