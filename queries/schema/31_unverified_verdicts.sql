-- The studies' measure with CPR's word on it: a permit passes when CPR confirms its number, and fails when there is none or
-- it is none that CPR knows as anybody's present number. Records in conflict and permits without a person row are unknown,
-- and so is every number where no CPR extract was loaded. docs/method.md §7.
create or replace temp macro strict_verdict(link_status) as
    case
        when link_status = 'linked' then 'pass'
        when link_status in ('unlinked', 'malformed', 'replacement', 'not_in_cpr', 'superseded') then 'fail'
        else 'unknown'
    end;

create or replace temp macro unverified_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    strict_verdict(link_status) as verdict
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
);
