-- The code list breaks.csv as the snapshot keeps it; empty cells are NULL.
create table snapshot.code_breaks as
select
    day::date as day,
    da as name_da,
    en as name_en
from read_csv($folder || '/breaks.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
