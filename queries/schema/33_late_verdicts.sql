-- Permits at least so many days old: one passes when it was linked within them, the last day included, and fails when it
-- was not. A coupled number without a link date says nothing of when. Younger ones are «young» and no part of the measure;
-- whether too many of a cohort's links lack a date is asked of all its permits, those included. docs/method.md §7.
create or replace temp macro late_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group, within_days
) as table
select
    *,
    case
        when age_days < within_days then 'young'
        when link_days <= within_days then 'pass'
        when measured then 'fail'
        else 'unknown'
    end as verdict
from link_delays(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
);
