-- The first row of a Parquet file in which a column of bytes is no UTF-8; 0 where there is none.
select coalesce(min(row), 0)::bigint
from (
    select
        row_number() over () as row,
        columns(lambda c: c = $column) as value
    from read_parquet($file, hive_partitioning = false)
) delivered(row, value)
where value is not null and try(decode(value)) is null;
