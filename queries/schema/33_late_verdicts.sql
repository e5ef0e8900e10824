-- Permits at least so many days old: one passes when it was linked within them, the last day included, and fails when it
-- was not. A coupled number without a link date says nothing of when.
create or replace temp macro late_verdicts(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group, within_days
) as table
select
    *,
    case
        when link_days <= within_days then 'pass'
        when measured then 'fail'
        else 'unknown'
    end as verdict
from link_delays(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
)
where age_days >= within_days;
