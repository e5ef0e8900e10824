insert into loading values (
    $as_of,
    $number_format,
    $number_remainder,
    $cpr_loaded,
    exists (from snapshot.delivered_columns where table_name = 'carl2_persons' and column_name = 'entered_on'),
    (select value::integer from snapshot.code_assumptions where name = 'lapse_days')
);
