-- What the permits say of persons and numbers: which persons have no permit registration at all, and which numbers have a
-- known basis. «this»: CARL2 carries the number on a person with a granted permit; «older»: it carries there only a number
-- that leads to this one. The latter is written into CPR's records, of which it fills one narrow column: questions would join all
-- records of both registers anew each time.
-- docs/method.md §7.
create table snapshot.persons_without_permit as
select person_key
from snapshot.carl2_persons
anti join snapshot.carl2_permits using (person_key);

-- Of a number with a basis is kept, too, whether any of the granted permits behind it is in force on the as-of day, and the category of the
-- latest: of several on one day the one that comes last in the person's order, an undated one before all others.
create table numbers_with_basis as
with endings as (
    select
        person_key,
        category,
        coalesce(decided_on - date '0001-01-01', 0) * 1_000_000 + least(grant_order, 9_999) * 100 + enum_code(category) as place,
        coalesce(lapsed_on <= as_of, decision in ('lapsed', 'revoked')) as lapsed,
        coalesce(valid_to < as_of, false) as run_out
    from snapshot.carl2_permits
    cross join loading
    where granted
),
held as (
    select p.number_key, e.category, e.place, not (e.lapsed or e.run_out) as in_force
    from snapshot.carl2_persons p
    join endings e using (person_key)
    where p.number_key is not null
    union all
    select f.number_key, e.category, e.place, not (e.lapsed or e.run_out)
    from snapshot.further_numbers f
    join endings e using (person_key)
)
select
    number_key,
    bool_or(in_force) as in_force,
    arg_max(category, place) as category
from held
group by number_key;

update snapshot.cpr_persons c
set carried = 'this', permit_in_force = b.in_force, latest_category = b.category
from numbers_with_basis b
where b.number_key = c.number_key;

create table numbers_reached as
with recursive reached as (
    select 0 as level, j.leads_to as number_key
    from number_jumps j
    where j.level = 0
        and j.number_key in (select number_key from numbers_with_basis)
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
