-- The code list assumptions.csv as the snapshot keeps it; empty cells are NULL.
create table snapshot.code_assumptions as
select
    name,
    value,
    meaning,
    source
from read_csv($folder || '/assumptions.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
