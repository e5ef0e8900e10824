-- Where the chains of replaced numbers end: CPR's records name the number that replaced them, which may itself have been replaced.
--
-- A jump of level k is 2^k replacements at once, so a chain is followed to its end in as many rounds as its length has binary digits,
-- and the work grows with the numbers and not with their pairs. A chain that goes on beyond as many steps as there are replaced
-- numbers runs into a circle: it has no end, and the numbers on the circle are a finding.
create table number_jumps as
with recursive replaced as materialized (
    select number_key, current_number_key
    from snapshot.cpr_persons
    where current_number_key is not null
),
jumps as (
    select 0 as level, number_key, current_number_key as leads_to
    from replaced
    union all
    select a.level + 1, a.number_key, b.leads_to
    from jumps a
    join jumps b on b.number_key = a.leads_to
    where 1::bigint << a.level <= (select count(*) from replaced)
)
select level, number_key, leads_to
from jumps;

create table numbers_in_circles as
select distinct leads_to as number_key
from number_jumps
where 1::bigint << level > (select count(*) from number_jumps where level = 0);

create table snapshot.number_chains as
with recursive into_circles as (
    select number_key
    from number_jumps
    where 1::bigint << level > (select count(*) from number_jumps where level = 0)
),
longest as (
    select max(level) as level
    from number_jumps
),
walk as (
    select l.level, j.number_key, j.number_key as leads_to, 0::bigint as steps
    from number_jumps j
    cross join longest l
    where j.level = 0
        and j.number_key not in (from into_circles)
    union all
    select w.level - 1, w.number_key, coalesce(j.leads_to, w.leads_to), w.steps + case when j.number_key is null then 0 else 1::bigint << w.level end
    from walk w
    left join number_jumps j on j.level = w.level and j.number_key = w.leads_to
    where w.level >= 0
)
select number_key, leads_to, steps
from walk
where level = -1
union all
select number_key, null, null
from into_circles
order by number_key;

insert into found_rows
select 'cpr_persons', s.rowid, 'current_cpr_number', 'circle_of_numbers'
from staged_cpr_persons s
semi join numbers_in_circles c on c.number_key = s.number_key;

-- Who is protected under one number is so under every older number that leads to it.
create table protected_numbers as
with recursive predecessors as (
    select 0 as level, number_key
    from identities.cpr_persons
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

update identities.cpr_persons
set protected = true
where not protected
    and number_key in (from protected_numbers);

drop table protected_numbers;
drop table numbers_in_circles;
