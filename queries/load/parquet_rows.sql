-- How many rows a Parquet file has, by its own account.
select sum(num_rows)::bigint from parquet_file_metadata($file);
