-- The granted permits that a question asks for. A NULL restricts nothing; a permit without a decision day is out as soon
-- as a period is asked for. «unexpected» says why no number is expected, or is NULL: the reason found at loading, else
-- that the permit is younger than the maturity asked for. The period's both days are included; they
-- may be handed over as points in time, and are made days here, or each row's day would be made a point in time. docs/method.md §6.
--
-- Once per person, the earliest of the person's permits in scope is left, so that groups sum to the persons. Nobody has one before their
-- first of all; only of persons with several granted permits whose first is not in scope, few of them all, the others are looked through.
create or replace temp macro permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
with judged as not materialized (
    select
        *,
        case
            when not_expected is not null then not_expected
            when age_days < maturity then 'immature'
        end as unexpected
    from granted_permits
),
in_scope as not materialized (
    select * -- survives: as below
    from judged
    where (from_day is null or decided_on >= from_day::date)
        and (to_day is null or decided_on <= to_day::date)
        and (categories is null or list_contains(categories, category))
        and (expected is distinct from true or not_expected is null and (age_days < maturity) is distinct from true) -- no text for each row
        and (first_only is distinct from true or is_first)
        and (of_municipality is null or municipality_code = of_municipality)
        and (of_citizenship is null or citizenship = of_citizenship)
        and (of_group is null or person_group = of_group)
)
select * -- survives: DuckDB reads a bare «from» as this
from in_scope
where once_per_person is distinct from true or not several_granted or grant_order = 1
union all
select p.* -- survives: as above
from in_scope p
semi join (
    select person_key, min(grant_order) as grant_order
    from in_scope
    where once_per_person and several_granted -- survives: as above
    group by person_key
    having min(grant_order) > 1 -- survives: as above
) earliest using (person_key, grant_order)
where once_per_person
    and several_granted -- survives: without it more are looked through
    and grant_order > 1; -- survives: as above
