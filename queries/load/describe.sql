-- What the snapshot says of itself: one row.
create table snapshot.snapshot as
select
    $as_of::date as as_of,
    $loaded_at::timestamp as loaded_at,
    $program::varchar as program,
    $hash::varchar as hash,
    $number_format::varchar as number_format,
    $number_remainder::tinyint as number_remainder,
    $cpr_loaded::boolean as cpr_loaded;
