-- How many days before the as-of day the newest decision lies, and over how many days the newest «judged_decisions» are spread; no
-- row where there are fewer.
with newest as (
    select max(decided_on, 1000) as days, (select value::integer from snapshot.code_assumptions where name = 'judged_decisions') as judged
    from snapshot.carl2_permits
)
select l.as_of - n.days[1] as age, n.days[1] - n.days[n.judged] as spread
from newest n
cross join loading l
where len(n.days) >= n.judged;
