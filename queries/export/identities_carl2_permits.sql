-- What the permit keys stand for as Parquet, with keys that every reader knows.
copy (
    select * replace (permit_key::decimal(20, 0) as permit_key)
    from identities.carl2_permits
    order by permit_key
) to ($folder || '/carl2_permits.parquet') (format parquet, compression zstd);
