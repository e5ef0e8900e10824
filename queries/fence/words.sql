-- The words that say nothing of anybody: the names of tables, columns, functions and types.
select 'name' as kind, table_name as word from duckdb_tables()
union
select 'name', view_name from duckdb_views()
union
select 'name', column_name from duckdb_columns()
union
select 'name', schema_name from duckdb_schemas()
union
select 'name', database_name from duckdb_databases()
union
select 'function', function_name from duckdb_functions()
union
select 'type', lower(type_name) from duckdb_types() where internal
order by kind, word;
