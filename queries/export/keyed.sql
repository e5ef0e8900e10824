-- A table with keys as Parquet. A key is a whole number of 20 digits, and they stand first: not every reader of Parquet knows
-- unsigned numbers of 64 bits.
copy (
    select
        columns(lambda c: list_contains($keys, c))::decimal(20, 0),
        columns(lambda c: not list_contains($keys, c))
    from query_table($table_name)
    order by all
) to $path (format parquet, compression zstd);
