-- What the prompt lists: the tables of the snapshot and the measures' views, with the number of their columns.
select
    table_name as "table",
    count(*) as columns
from information_schema.columns
where table_schema = 'main'
group by table_name
order by table_name
