-- The tables of a database and their columns as an export writes them, keys first, with what they mean.
select
    t.table_name,
    coalesce(t.comment, '') as table_meaning,
    c.column_name,
    case
        when c.data_type = 'UBIGINT' then 'DECIMAL(20,0)'
        when c.data_type like 'ENUM(%' then 'VARCHAR'
        else c.data_type
    end as column_type,
    coalesce(c.comment, '') as column_meaning
from duckdb_tables() t
join duckdb_columns() c using (database_oid, schema_oid, table_oid)
where t.database_name = $database
order by t.table_name, c.data_type = 'UBIGINT' desc, c.column_index;
