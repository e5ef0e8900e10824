-- Each person's first granted permit, at least 365 days old and linked: it fails when the link came more than 365 days after the decision,
-- on or after the day of a later granted permit, whatever is asked for of that one. A permit decided on the first one's day is no later one.
-- Any other link with a date passes; one without a date is unknown. Whoever joins the registers on the present links takes the first permit for one
-- that had a number all along. Only persons with several granted permits have a later one. docs/method.md §7.
create or replace temp macro later_permit_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
with linked_firsts as not materialized (
    select
        *
    from link_delays(
        from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
    )
    where is_first
        and age_days >= 365
        and standing in ('dated', 'undated')
),
linked_by_then as (
    select distinct
        f.permit_key
    from linked_firsts f
    join carl2_permits l on l.person_key = f.person_key
    where f.several_granted -- survives: without it more are looked through
        and l.several_granted -- survives: as above
        and f.link_days > 365
        and l.granted -- survives: who has several_granted is granted
        and l.decided_on > f.decided_on
        and l.decided_on <= f.linked_on
)
select
    f.*,
    case
        when f.linked_on is null then 'unknown'
        when t.permit_key is not null then 'fail'
        else 'pass'
    end as verdict
from linked_firsts f
left join linked_by_then t on t.permit_key = f.permit_key;
