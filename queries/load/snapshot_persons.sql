-- The two person tables as questions see them: keys, codes, days and what was derived; no number, name or birth date.
--
-- What is wrong with a number stands beside it, and where the person-id leads that a CPR record names: «this» is a person
-- of CARL2 who carries the record's number in any row, «other» one who carries another, «none» one who carries no number, «nobody» means that
-- CARL2 does not have the person-id. Who carries a number with a permit is known when the permits are loaded.
create table snapshot.carl2_persons as
with numbered as (
    select
        *,
        day_of_number(n) as born
    from (select *, number_of(cpr_number, number_state) as n from merged_persons)
)
select
    p.person_key,
    p.number_key,
    p.number_state,
    p.numbers,
    p.number_shared,
    p.linked_on as cpr_linked_on,
    year(p.birth_date)::smallint as birth_year,
    p.sex as sex,
    p.citizenship as citizenship,
    p.entered_on,
    p.link_status,
    fault_of_number(p.cpr_number, p.n, p.number_state, p.born) as number_fault,
    birth_differs(p.born, p.number_state, p.birth_date) as birth_differs,
    sex_differs(p.n, p.number_state, p.sex) as sex_differs
from numbered p;

create table snapshot.cpr_persons as
with numbered as (
    select
        *,
        day_of_number(n) as born
    from (select *, number_of(cpr_number, number_state) as n from staged_cpr_persons)
),
named as (
    select person_id, person_key, cpr_number
    from merged_persons
    semi join (
        select person_id
        from staged_cpr_persons
        where person_id is not null
    ) using (person_id)
),
carried_in_several_rows as (
    select distinct person_id, cpr_number
    from staged_carl2_persons
    semi join repeated_persons using (person_key)
    where cpr_number is not null
)
select
    c.number_key,
    case when c.current_cpr_number <> c.cpr_number then number_key(c.current_cpr_number) end as current_number_key,
    person_code(c.status) as status,
    c.status_from,
    person_code(c.sex) as sex,
    year(c.birth_date)::smallint as birth_year,
    coalesce(k.code, person_code(c.citizenship)) as citizenship,
    person_code(c.municipality_code) as municipality_code,
    c.resident_from,
    c.registered_on,
    c.immigrated_on,
    fault_of_number(c.cpr_number, c.n, c.number_state, c.born) as number_fault,
    birth_differs(c.born, c.number_state, c.birth_date) as birth_differs,
    sex_differs(c.n, c.number_state, c.sex) as sex_differs,
    case
        when c.person_id is null then null
        when p.person_key is null then 'nobody'::leads_to
        when p.cpr_number is null then 'none'::leads_to
        when p.cpr_number = c.cpr_number or s.person_id is not null then 'this'::leads_to
        else 'other'::leads_to
    end as person_id_leads_to,
    null::carried as carried,
    null::boolean as permit_in_force,
    null::category as latest_category
from numbered c
left join known_citizenships k on k.text = c.citizenship
left join named p on p.person_id = c.person_id
left join carried_in_several_rows s on s.person_id = c.person_id and s.cpr_number = c.cpr_number;
