-- The days of the last year on which a permit was granted. A period is settled when its youngest permit is 365 days old on
-- the as-of day, so one that holds any of these days is not. docs/method.md §7.
select distinct decided_on
from carl2_permits
where granted
    and decided_on > (select as_of from snapshot) - 365
order by decided_on;
