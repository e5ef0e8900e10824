-- The code list citizenship_groups.csv as the snapshot keeps it; empty cells are NULL.
create table snapshot.code_citizenship_groups as
select
    code,
    citizenship_group,
    valid_from::date as valid_from,
    valid_to::date as valid_to
from read_csv($folder || '/citizenship_groups.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
