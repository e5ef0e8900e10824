-- The persons of CARL2 as Parquet, with keys that every reader knows.
copy (
    select * replace (person_key::decimal(20, 0) as person_key, number_key::decimal(20, 0) as number_key)
    from snapshot.carl2_persons
    order by person_key
) to ($folder || '/carl2_persons.parquet') (format parquet, compression zstd);
