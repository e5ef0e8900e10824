-- Whether a permit has a person: it fails when CARL2 has no person row with its person-id, and is unknown when it names none. docs/method.md §7.
create or replace temp macro person_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    case when link_status <> 'no_person' then 'pass' when person_key is null then 'unknown' else 'fail' end as verdict
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
);
