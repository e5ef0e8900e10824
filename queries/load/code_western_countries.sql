-- The code list western_countries.csv as the snapshot keeps it.
create table snapshot.code_western_countries as
select
    code,
    western
from read_csv($folder || '/western_countries.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
