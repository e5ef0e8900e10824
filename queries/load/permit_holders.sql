-- What the permits say of persons and numbers: which persons have no permit registration at all, and which numbers have a
-- known basis. «this»: CARL2 carries the number on a person with a granted permit; «older»: it carries there only a number
-- that leads to this one. The latter is written into CPR's records, of which it fills one narrow column: questions would join all
-- records of both registers anew each time.
-- A person's first granted permit is one row, so those rows are the persons with a granted permit. docs/method.md §7.
create table snapshot.persons_without_permit as
select person_key
from snapshot.carl2_persons
anti join snapshot.carl2_permits using (person_key);

create table numbers_with_basis as
with holders as (
    select person_key
    from snapshot.carl2_permits
    where is_first
)
select number_key
from snapshot.carl2_persons
semi join holders using (person_key)
where number_key is not null
union all
select number_key
from snapshot.further_numbers
semi join holders using (person_key);

update snapshot.cpr_persons
set carried = 'this'
where number_key in (from numbers_with_basis);

create table numbers_reached as
with recursive reached as (
    select 0 as level, j.leads_to as number_key
    from number_jumps j
    where j.level = 0
        and j.number_key in (from numbers_with_basis)
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
select number_key
from reached;

update snapshot.cpr_persons
set carried = 'older'
where carried is null
    and number_key in (from numbers_reached);

drop table numbers_with_basis;

drop table numbers_reached;

drop table number_jumps;
