-- Hvilke mønstre har teksten?
-- What patterns has the text?
--
-- Each digit as 9, each capital as A, each other letter as a; the patterns of most rows, with how many.
--
-- params
--   most  BIGINT  hvor mange der vises | how many are listed
-- columns
--   value  VARCHAR       mønster | pattern
--   n      BIGINT count  rækker | rows
with patterns as (
    select regexp_replace(regexp_replace(regexp_replace(value::varchar, '\p{Lu}', 'A', 'g'), '\p{Ll}', 'a', 'g'), '\d', '9', 'g') as pattern
    from profiled
    where value is not null
)
select
    pattern as value,
    count(*) as n
from patterns
group by pattern
order by n desc, pattern
limit $most;
