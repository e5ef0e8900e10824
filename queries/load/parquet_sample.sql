-- Rows from all over a Parquet file, the same each time. How many cannot be a parameter.
select *
from read_parquet($file, hive_partitioning = false)
using sample reservoir(20000 rows) repeatable (1);
