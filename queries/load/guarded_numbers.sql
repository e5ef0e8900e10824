insert into guarded_numbers
select cpr_number
from read_csv($file, columns = {'cpr_number': 'VARCHAR'}, header = true, auto_detect = false,
    delim = ',', quote = '"', escape = '"', new_line = '\n', hive_partitioning = false);
