-- What the permits say of persons and numbers: which persons have no permit registration at all, and which numbers have a
-- known basis. «this»: CARL2 carries the number on a person with a granted permit; «older»: it carries there only a number
-- that leads to this one. The latter is written into CPR's records, of which it fills one narrow column: questions would join all
-- records of both registers anew each time.
-- A person's first granted permit is one row, so those rows are the persons with a granted permit.
create table snapshot.persons_without_permit as
select person_key
from snapshot.carl2_persons
anti join snapshot.carl2_permits using (person_key);

create temp table numbers_with_basis as
with recursive carried as (
    select person_key, number_key
    from snapshot.carl2_persons
    where number_key is not null
    union all
    select person_key, number_key
    from snapshot.further_numbers
),
granted as (
    select distinct c.number_key
    from carried c
    semi join (
        select person_key
        from snapshot.carl2_permits
        where is_first
    ) h on h.person_key = c.person_key
),
reached as (
    select 0 as level, j.leads_to as number_key
    from number_jumps j
    semi join granted g on g.number_key = j.number_key
    where j.level = 0
    union all
    (
        select distinct level + 1, number_key
        from (
            select level, number_key
            from reached
            union all
            select r.level, j.leads_to
            from reached r
            join number_jumps j on j.level = r.level and j.number_key = r.number_key
        )
        where level <= (select max(level) from number_jumps)
    )
)
select number_key, 'this' as carried
from granted
union all
select distinct number_key, 'older'
from reached
anti join granted g using (number_key);

update snapshot.cpr_persons
set carried = b.carried::carried
from numbers_with_basis b
where b.number_key = cpr_persons.number_key;

drop table numbers_with_basis;

drop table number_jumps;
