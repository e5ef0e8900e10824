-- The persons of CPR as Parquet, with keys that every reader knows.
copy (
    select * replace (number_key::decimal(20, 0) as number_key, current_number_key::decimal(20, 0) as current_number_key)
    from snapshot.cpr_persons
    order by number_key
) to ($folder || '/cpr_persons.parquet') (format parquet, compression zstd);
