-- The two person tables as questions see them: keys, codes, days and what was derived; no number, name or birth date.
create table snapshot.carl2_persons as
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
    p.link_status
from merged_persons p;

create table snapshot.cpr_persons as
select
    c.number_key,
    case when c.current_cpr_number <> c.cpr_number then number_key(c.current_cpr_number) end as current_number_key,
    person_code(c.status) as status,
    c.status_from,
    person_code(c.sex) as sex,
    year(c.birth_date)::smallint as birth_year,
    person_code(coalesce(k.code, c.citizenship)) as citizenship,
    person_code(c.municipality_code) as municipality_code,
    c.resident_from,
    c.registered_on,
    c.immigrated_on
from staged_cpr_persons c
left join citizenship_codes k on k.text = c.citizenship;
