-- The rows of each table, in the previous snapshot and in this one.
select 'carl2_permits' as table_name, (select count(*) from previous.carl2_permits) as before, (select count(*) from snapshot.carl2_permits) as after
union all
select 'carl2_persons', (select count(*) from previous.carl2_persons), (select count(*) from snapshot.carl2_persons)
union all
select 'cpr_persons', (select count(*) from previous.cpr_persons), (select count(*) from snapshot.cpr_persons)
order by table_name;
