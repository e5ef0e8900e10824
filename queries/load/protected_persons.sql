-- Whose name and address CPR protects (record 004, type 0001): the number, the older numbers that lead to it over however many
-- steps, and the person that CARL2 couples to one of them, or whose person-id one of their records names. A number that is not well formed
-- counts as what its digits are, with the zero in front that they may have lost: its person is not coupled, but would be shown with it.
-- A record 004 that was rejected protects as one that was not, for what it says besides the number cannot be relied on.
create table protected_numbers as
with recursive predecessors as (
    select 0 as level, number_key
    from staged_cpr_persons
    where protected or cpr_number in (select cpr_number from guarded_numbers)
    union all
    (
        select distinct level + 1, number_key
        from (
            select level, number_key
            from predecessors
            union all
            select l.level, j.number_key
            from predecessors l
            join number_jumps j on j.level = l.level and j.leads_to = l.number_key
        )
        where level <= (select max(level) from number_jumps)
    )
)
select distinct number_key
from predecessors;

create table protected_persons as
with records as (
    select cpr_number, person_id
    from staged_cpr_persons
    semi join protected_numbers using (number_key)
    union all
    select cpr_number, null as person_id
    from guarded_numbers
)
select p.person_id
from staged_carl2_persons p
semi join records r on r.cpr_number = p.cpr_number
union
select person_id
from records
where person_id is not null
union
select p.person_id
from (
    select person_id, lpad(regexp_replace(plain_text(cpr_number), '[^0-9]', '', 'g'), 10, '0') as digits
    from staged_carl2_persons
    where number_state = 'malformed'
) p
semi join records r on r.cpr_number = p.digits;

-- What else those persons are called by: a further number that CARL2 couples to them, and a record of CPR's that names them. Who else has
-- such a number is not protected for it, since it may be somebody's mistake.
insert into protected_numbers
select number_key
from (
    select c.number_key
    from staged_cpr_persons c
    semi join (select cpr_number from staged_carl2_persons semi join protected_persons using (person_id)) p on p.cpr_number = c.cpr_number
    union
    select number_key
    from staged_cpr_persons
    semi join protected_persons using (person_id)
) further
anti join protected_numbers using (number_key);
