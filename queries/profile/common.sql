-- Hvilke værdier er de hyppigste?
-- Which values are the most common?
--
-- The values that stand in most rows, with how many; of equally many the least comes first. Empty is not among them.
--
-- params
--   most  BIGINT  hvor mange der vises | how many are listed
-- columns
--   value  VARCHAR       værdi | value
--   n      BIGINT count  rækker | rows
select
    value::varchar as value,
    count(*) as n
from profiled
where value is not null
group by profiled.value
order by n desc, profiled.value
limit $most;
