-- The other columns of a table whose days are read as they are.
select coalesce(string_agg(column_name, ', ' order by column_name), '') as columns
from read_days
where table_name = $table_name and column_name <> $column_name and days > no_days;
