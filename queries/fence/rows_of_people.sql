-- How many rows the identities have.
select coalesce(sum(estimated_size), 0)::bigint
from duckdb_tables()
where database_name = 'identities';
