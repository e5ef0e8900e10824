-- Hvad står der i kolonnen?
-- What does the column hold?
--
-- One row: how many rows there are, how many are empty, how many values differ, the least and the greatest. All of it is counted;
-- nothing is estimated. «profiled» is the column, which the store puts there under this name.
--
-- columns
--   n          BIGINT count       rækker | rows
--   missing    BIGINT count       tomme | empty
--   different  BIGINT count       forskellige | distinct
--   least      VARCHAR attribute  mindste | least
--   greatest   VARCHAR attribute  største | greatest
select
    count(*) as n,
    count(*) filter (where value is null) as missing,
    count(distinct value) as different,
    min(value)::varchar as least,
    max(value)::varchar as greatest
from profiled
order by n;
