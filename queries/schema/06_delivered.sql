-- What the extracts delivered of that which a measure rests on in part, in one row: whether CARL2 says when a permit lapsed, when one
-- ends in either way and when a number was coupled, and CPR which number replaced another and what its status is. A column that an extract lacks is never read as
-- empty. docs/method.md §3.
create or replace temp view delivered as
select
    bool_or(table_name = 'carl2_permits' and column_name = 'lapsed_on') as lapses,
    bool_or(table_name = 'carl2_permits' and column_name in ('lapsed_on', 'valid_to')) as endings,
    bool_or(table_name = 'carl2_persons' and column_name = 'cpr_linked_on') as link_dates,
    bool_or(table_name = 'cpr_persons' and column_name = 'current_cpr_number') as chains,
    bool_or(table_name = 'cpr_persons' and column_name = 'status') as statuses
from delivered_columns;
