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
with carried as (
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
)
select number_key, 'this' as carried
from granted
union all
select distinct c.leads_to, 'older'
from snapshot.number_chains c
semi join granted g on g.number_key = c.number_key
anti join granted t on t.number_key = c.leads_to;

update snapshot.cpr_persons
set carried = b.carried::carried
from numbers_with_basis b
where b.number_key = cpr_persons.number_key;

drop table numbers_with_basis;
