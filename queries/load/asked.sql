insert into loading values (
    $as_of,
    $number_format,
    $number_remainder,
    $cpr_loaded,
    exists (select 1 from snapshot.delivered_columns where table_name = 'cpr_persons' and column_name = 'status'),
    (select value::integer from snapshot.code_assumptions where name = 'lapse_days')
);
