-- The granted permits that a question asks for. A NULL restricts nothing; a permit without a decision day is out as soon
-- as a period is asked for. «unexpected» says why no number is expected, or is NULL: the reason found at loading, else
-- that the permit is younger than the maturity asked for. The period's both days are included; they
-- may be handed over as points in time, and are made days here, or each row's day would be made a point in time. docs/method.md §6.
--
-- Once per person, the earliest of the person's permits in scope is left, so that groups sum to the persons: the first of all where that is in
-- scope. Only of persons whose first is not in scope, none where nothing is restricted, the others are looked through.
create or replace temp macro permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
with judged as not materialized (
    select
        *,
        case
            when not_expected is not null then not_expected
            when age_days < maturity then 'immature'
        end as unexpected,
        (from_day is null or decided_on >= from_day::date)
            and (to_day is null or decided_on <= to_day::date)
            and (categories is null or list_contains(categories, category))
            and (expected is distinct from true or not_expected is null and (age_days < maturity) is distinct from true) -- no text for each row
            and (first_only is distinct from true or is_first)
            and (of_municipality is null or municipality_code = of_municipality)
            and (of_citizenship is null or citizenship = of_citizenship)
            and (of_group is null or person_group = of_group) as in_scope
    from granted_permits
)
select * exclude (in_scope) -- survives: DuckDB reads a bare «from» as this
from judged
where in_scope
    and (once_per_person is distinct from true or is_first)
union all
select p.* exclude (in_scope) -- survives: as above
from judged p
semi join (
    select person_key, min(grant_order) as grant_order
    from judged
    semi join (
        select person_key -- survives: DuckDB reads a bare «from» as this
        from judged
        where once_per_person
            and is_first
            and several_granted -- survives: without it more are looked through
            and in_scope is distinct from true
    ) first_out using (person_key)
    where in_scope
        and several_granted -- survives: as above
    group by person_key
) earliest using (person_key, grant_order)
where in_scope -- survives: as above
    and several_granted; -- survives: as above
