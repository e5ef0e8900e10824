-- Hvilke kolonner har tabellen?
-- Which columns does the table have?
--
-- The columns of every table of the snapshot, in their order, codes (kept as ENUM) as the texts that they are; views, which are derived, are not among them.
--
-- columns
--   table_name   VARCHAR  tabel | table
--   column_name  VARCHAR  kolonne | column
--   data_type    VARCHAR  type | type
select
    table_name,
    column_name,
    case when data_type like 'ENUM(%' then 'VARCHAR' else data_type end as data_type
from duckdb_columns()
join duckdb_tables() using (database_name, schema_name, table_name)
where not duckdb_columns.internal
order by table_name, column_index;
