-- Where the chains of replaced numbers end. A chain that goes on beyond as many steps as there are replaced
-- numbers runs into a circle: it has no end, and the numbers on the circle are a finding. docs/method.md §4.
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

drop table numbers_in_circles;
