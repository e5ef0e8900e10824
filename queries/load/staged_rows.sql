-- How many rows were staged of a register.
select count(*) from query_table('staged_' || $table_name);
