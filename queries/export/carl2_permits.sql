-- The permits as Parquet, partitioned by the year of the decision, with keys as in the other tables.
copy (
    select
        columns(lambda c: list_contains($keys, c))::decimal(20, 0),
        columns(lambda c: not list_contains($keys, c)),
        year(decided_on) as decided_year
    from query_table($table_name)
    order by permit_key
) to $path (format parquet, compression zstd, partition_by (decided_year));
