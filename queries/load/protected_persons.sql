-- Whose name and address CPR protects (record 004, type 0001): the number, the older numbers that lead to it over however many
-- steps, and the person that CARL2 couples to one of them, or whose person-id one of their records names.
create table protected_numbers as
with recursive predecessors as (
    select 0 as level, number_key
    from staged_cpr_persons
    where protected
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
)
select p.person_id
from staged_carl2_persons p
semi join records r on r.cpr_number = p.cpr_number
union
select person_id
from records
where person_id is not null;
