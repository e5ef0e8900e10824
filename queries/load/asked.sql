insert into loading values (
    $as_of,
    $number_format,
    $number_remainder,
    $cpr_loaded,
    (select value::integer from snapshot.code_assumptions where name = 'lapse_days')
);
