-- The code list legal_bases.csv as the snapshot keeps it; empty cells are NULL.
create table snapshot.code_legal_bases as
select
    person_group,
    legal_basis,
    category,
    administrative_number = '1' as administrative_number,
    valid_from::date as valid_from,
    valid_to::date as valid_to
from read_csv($folder || '/legal_bases.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
