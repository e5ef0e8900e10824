-- The studies' measure: a permit passes when a well-formed number is coupled, whatever CPR says of it, and fails when none
-- is. Where there is text that is no CPR-number, or no person row, nothing can be said. docs/method.md §7.
create or replace temp macro unlinked_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    link_verdict(link_status) as verdict
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
);
