-- A table without keys as Parquet.
copy (
    select *
    from query_table($table_name)
    order by all
) to $path (format parquet, compression zstd);
