-- The studies' measure: a permit passes when a well-formed number is coupled, whatever CPR says of it, and fails when none
-- is. Where there is text that is no CPR-number, or no person row, nothing can be said. docs/method.md §7.
create or replace temp macro unlinked_verdicts(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    case
        when link_status = 'unlinked' then 'fail'
        when link_status in ('malformed', 'replacement', 'no_person') then 'unknown'
        else 'pass'
    end as verdict
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
);
