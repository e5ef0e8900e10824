-- What the prompt completes: the names of tables and columns.
select table_name as name
from information_schema.columns
where table_schema = 'main'
union
select column_name
from information_schema.columns
where table_schema = 'main'
order by name
