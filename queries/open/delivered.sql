-- The columns that the extracts delivered.
select table_name, column_name
from delivered_columns
order by table_name, column_name;
