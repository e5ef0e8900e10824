-- Whether the attached identities keep protected persons apart. Editions loaded before they did have them beside the others.
select count(*) = 4
from duckdb_columns()
where database_name = 'identities' and column_name = 'protected';
