-- A table of nothing but keys as Parquet.
copy (
    select columns(lambda c: list_contains($keys, c))::decimal(20, 0)
    from query_table($table_name)
    order by all
) to $path (format parquet, compression zstd);
