-- The columns whose share of empty values is another than in the previous snapshot. A column that only one of them has, as
-- after a change of the program, a table without rows, and what loading derives from other columns are not compared.
with filled as (
    select 'carl2_permits' as table_name, column_name, filled, (select count(*) from previous.carl2_permits) as all_rows, false as is_now
    from (unpivot (select count(columns(*)) from previous.carl2_permits) on columns(*) into name column_name value filled)
    union all
    select 'carl2_permits', column_name, filled, (select count(*) from snapshot.carl2_permits), true
    from (unpivot (select count(columns(*)) from snapshot.carl2_permits) on columns(*) into name column_name value filled)
    union all
    select 'carl2_persons', column_name, filled, (select count(*) from previous.carl2_persons), false
    from (unpivot (select count(columns(*)) from previous.carl2_persons) on columns(*) into name column_name value filled)
    union all
    select 'carl2_persons', column_name, filled, (select count(*) from snapshot.carl2_persons), true
    from (unpivot (select count(columns(*)) from snapshot.carl2_persons) on columns(*) into name column_name value filled)
    union all
    select 'cpr_persons', column_name, filled, (select count(*) from previous.cpr_persons), false
    from (unpivot (select count(columns(*)) from previous.cpr_persons) on columns(*) into name column_name value filled)
    union all
    select 'cpr_persons', column_name, filled, (select count(*) from snapshot.cpr_persons), true
    from (unpivot (select count(columns(*)) from snapshot.cpr_persons) on columns(*) into name column_name value filled)
)
select
    b.table_name,
    b.column_name,
    b.all_rows - b.filled as empty_before,
    b.all_rows as rows_before,
    a.all_rows - a.filled as empty_after,
    a.all_rows as rows_after
from filled b
join filled a on a.table_name = b.table_name and a.column_name = b.column_name and a.is_now and not b.is_now
where b.all_rows > 0 and a.all_rows > 0 and b.filled::hugeint * a.all_rows <> a.filled::hugeint * b.all_rows
    and b.column_name not in ('number_fault', 'carried', 'permit_in_force', 'latest_category')
order by b.table_name, b.column_name;
