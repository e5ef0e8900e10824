-- The codes of the two person tables as they may be seen, as one type. A code is kept as delivered, known or not.
create type person_code as enum (
    with seen as (
        select case when u.hidden then pattern_of(d.text) else d.text end as code
        from delivered_codes d
        left join unknown_codes u on u.table_name = d.table_name and u.column_name = d.column_name and u.text = d.text
        union all
        select code
        from citizenship_codes
    )
    select distinct code
    from seen
    where code is not null
    order by code
);

-- What the citizenships that are known are in CPR.
create or replace view known_citizenships as
select text, code::person_code as code
from citizenship_codes;

-- The code of a text: the text itself, or its pattern where the text is none of the type.
create or replace macro person_code(text) as coalesce(try_cast(text as person_code), pattern_of(text)::person_code);
