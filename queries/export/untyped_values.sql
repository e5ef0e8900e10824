-- The texts that would not be typed as Parquet, with keys that every reader knows.
copy (
    select * replace (row_key::decimal(20, 0) as row_key)
    from snapshot.untyped_values
    order by table_name, row_key, column_name, text
) to ($folder || '/untyped_values.parquet') (format parquet, compression zstd);
