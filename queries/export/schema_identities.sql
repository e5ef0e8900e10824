-- The identities and their columns as an export writes them: the views that keep the protected back, with the meaning of the
-- tables behind them.
select
    t.table_name,
    coalesce(t.comment, '') as table_meaning,
    c.column_name,
    case c.data_type when 'UBIGINT' then 'DECIMAL(20,0)' else c.data_type end as column_type,
    coalesce(k.comment, case when c.column_name = 'protected' then 'whether CPR protects name and address; then only the key stands here' end, '')
        as column_meaning
from duckdb_columns() c
join duckdb_tables() t on t.database_name = 'kept' and t.table_name = c.table_name
left join duckdb_columns() k on k.database_name = 'kept' and k.table_name = c.table_name and k.column_name = c.column_name
where c.database_name = 'identities' and not c.internal
order by t.table_name, c.data_type = 'UBIGINT' desc, c.column_index;
