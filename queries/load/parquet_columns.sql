-- The columns of a Parquet file, in order.
select column_name, column_type
from (describe select * from read_parquet($file, hive_partitioning = false));
