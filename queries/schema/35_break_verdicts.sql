-- The two sides of each day on which law or practice broke the series: «before» a break are the days since the break before
-- it, «since» it those until the break after it. The first side has no first day, the last one no end. docs/method.md §5.
create or replace temp view break_sides as
with breaks as (
    select
        day,
        lag(day) over (order by day) as earlier,
        lead(day) over (order by day) as later
    from code_breaks
)
select day as break_day, 'before' as side, earlier as first_day, day as next_day
from breaks
union all
select day, 'since', day, later
from breaks;

-- Whether a day lies on a side.
create or replace temp macro on_side(decided_on, first_day, next_day) as
    (first_day is null or decided_on >= first_day) and (next_day is null or decided_on < next_day);

-- The unlinked verdicts on either side of each break: a permit between two breaks is on a side of both, one without a
-- decision day on none. Permits meet their sides by day, which is a hash join; by range it would take ten times as long.
create or replace temp macro break_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
with days as (
    select distinct
        decided_on
    from granted_permits
),
days_on_sides as (
    select
        d.decided_on,
        s.break_day,
        s.side
    from days d
    join break_sides s on on_side(d.decided_on, s.first_day, s.next_day)
)
select
    v.*,
    d.break_day,
    d.side
from unlinked_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) v
join days_on_sides d on d.decided_on = v.decided_on;
