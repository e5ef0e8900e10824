-- The table functions of the snapshot's own, as its measures have them.
select distinct function_type, function_name
from duckdb_functions()
where function_type = 'table_macro' and not internal
order by function_name;
