-- The codes of the permits as they may be seen, as one type; see the codes of persons. A category is of a closed list, and a type of its own.
create type permit_code as enum (
    with seen as (
        select case when u.hidden then pattern_of(d.text) else d.text end as code
        from delivered_codes d
        left join unknown_codes u on u.table_name = d.table_name and u.column_name = d.column_name and u.text = d.text
        where d.column_name <> 'category'
        union all
        select person_group
        from group_meanings
        union all
        select 'unknown'
    )
    select distinct code
    from seen
    where code is not null
    order by code
);

create or replace macro permit_code(text) as coalesce(try_cast(text as permit_code), pattern_of(text)::permit_code);
