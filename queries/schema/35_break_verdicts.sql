-- The days of decisions on either side of each day on which law or practice broke the series: «before» a break are the days
-- since the break before it, «since» it those until the break after it.
create or replace temp view days_on_sides as
with breaks as (
    select
        day,
        lag(day) over (order by day) as earlier,
        lead(day) over (order by day) as later
    from code_breaks
),
sides as (
    select day as break_day, 'before' as side, earlier as first_day, day as next_day
    from breaks
    union all
    select day, 'since', day, later
    from breaks
),
days as (
    select distinct
        decided_on
    from granted_permits
)
select
    d.decided_on,
    s.break_day,
    s.side
from days d
join sides s
    on (s.first_day is null or d.decided_on >= s.first_day)
    and (s.next_day is null or d.decided_on < s.next_day);

-- The unlinked verdicts on either side of each break: a permit between two breaks is on a side of both, one without a
-- decision day on none. Permits meet their sides by day, which is a hash join; by range it would take ten times as long.
create or replace temp macro break_verdicts(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
) as table
select
    v.*,
    d.break_day,
    d.side
from unlinked_verdicts(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
) v
join days_on_sides d on d.decided_on = v.decided_on;
