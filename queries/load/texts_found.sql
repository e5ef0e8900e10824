-- How many such texts there are.
select count(*) from query_table($table_name);
