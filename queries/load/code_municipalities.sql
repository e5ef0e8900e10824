-- The code list municipalities.csv as the snapshot keeps it; empty cells are NULL.
create table snapshot.code_municipalities as
select
    code,
    name,
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    successor,
    split = '1' as split,
    region_code,
    region_name
from read_csv($folder || '/municipalities.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
