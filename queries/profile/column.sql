-- Hvad står der i kolonnen?
-- What does the column hold?
--
-- One row: how many rows there are, how many are empty, how many values differ, the least and the greatest. All of it is counted;
-- nothing is estimated. «profiled» is the column, which the store puts there under this name.
--
-- columns
--   n         BIGINT   rækker | rows
--   missing   BIGINT   tomme | empty
--   different  BIGINT   forskellige | distinct
--   least     VARCHAR  mindste | least
--   greatest  VARCHAR  største | greatest
select
    count(*) as n,
    count(*) filter (where value is null) as missing,
    count(distinct value) as different,
    min(value)::varchar as least,
    max(value)::varchar as greatest
from profiled
order by n;
