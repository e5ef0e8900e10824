-- The code list countries.csv as the snapshot keeps it; empty cells are NULL.
create table snapshot.code_countries as
select
    code,
    name_da,
    name_en,
    iso2,
    iso3,
    valid_from::date as valid_from,
    valid_to::date as valid_to
from read_csv($folder || '/countries.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
