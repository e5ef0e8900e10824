-- A table without keys as Parquet.
copy (
    select *
    from query_table('snapshot.' || $table_name)
    order by all
) to ($folder || '/' || $table_name || '.parquet') (format parquet, compression zstd);
