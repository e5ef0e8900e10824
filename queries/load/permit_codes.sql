-- The codes of the permits as they may be seen, as one type; see the codes of persons.
create temp type permit_code as enum (
    with delivered as (
        select distinct decision as text from staged_carl2_permits
        union
        select distinct legal_basis from staged_carl2_permits
        union
        select distinct person_group from staged_carl2_permits
        union
        select distinct municipality_code from staged_carl2_permits
        union
        select person_group from group_meanings
        union
        select 'unknown'
    )
    select distinct case when like_a_number(text) then pattern_of(text) else text end as code
    from delivered
    where text is not null
    order by code
);

create or replace temp macro permit_code(text) as
    coalesce(try_cast(text as permit_code), pattern_of(text)::permit_code);
