-- The permits as Parquet, partitioned by the year of the decision. A key is a whole number of 20 digits: not every reader of Parquet
-- knows unsigned numbers of 64 bits.
copy (
    select
        * replace (permit_key::decimal(20, 0) as permit_key, person_key::decimal(20, 0) as person_key),
        year(decided_on) as decided_year
    from snapshot.carl2_permits
    order by permit_key
) to ($folder || '/carl2_permits') (format parquet, compression zstd, partition_by (decided_year));
