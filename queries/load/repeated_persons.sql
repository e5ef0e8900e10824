-- The persons with several rows, and the first of them in file order.
create table repeated_persons as
select person_key, min(rowid) as first_row
from staged_carl2_persons
group by person_key
having count(*) > 1;

-- Those of whom the same is said again; several numbers of a person are several rows.
insert into repeated_keys
select 'carl2_persons', count(*)
from (
    select person_key
    from staged_carl2_persons
    semi join repeated_persons using (person_key)
    group by person_key
    having count(*) > count(distinct coalesce(cpr_number, ''))
);
