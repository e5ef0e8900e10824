-- What the person keys stand for as Parquet, with keys that every reader knows.
copy (
    select * replace (person_key::decimal(20, 0) as person_key)
    from identities.carl2_persons
    order by all
) to ($folder || '/carl2_persons.parquet') (format parquet, compression zstd);
