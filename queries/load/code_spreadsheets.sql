-- What spreadsheets write that is no value: the list spreadsheets.csv, as lists that a macro looks into.
create table spreadsheet_words as
select
    list(text) filter (where kind = 'error_value') as error_values,
    list(text || ' %') filter (where kind = 'total') as totals
from read_csv($folder || '/spreadsheets.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', hive_partitioning = false);
