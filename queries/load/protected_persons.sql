-- Whose name and address CPR protects (record 004, type 0001): the number, those that replaced it and all older ones that lead to the same, over
-- however many steps, and the person that CARL2 couples to one of them, or whose person-id one of their records names. A number that is not well
-- formed counts as every number that can be read in it (numbers_within): its person is not coupled, but would be shown with it.
-- A record 004 that was rejected protects as one that was not, for what it says besides the number cannot be relied on.
create table protected_numbers as
with recursive successors as (
    select 0 as level, number_key
    from staged_cpr_persons
    where protected or cpr_number in (select cpr_number from guarded_numbers)
    union all
    (
        select distinct level + 1, number_key
        from (
            select level, number_key
            from successors
            union all
            select s.level, j.leads_to
            from successors s
            join number_jumps j on j.level = s.level and j.number_key = s.number_key
        )
        where level <= (select max(level) from number_jumps)
    )
),
predecessors as (
    select distinct 0 as level, number_key
    from successors
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
    select current_cpr_number, null
    from staged_cpr_persons
    semi join protected_numbers using (number_key)
    where current_cpr_number is not null
    union all
    select cpr_number, null
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
    select person_id, unnest(numbers_within(plain_text(cpr_number))) as cpr_number
    from staged_carl2_persons
    where number_state = 'malformed'
) p
semi join records r on r.cpr_number = p.cpr_number;

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
