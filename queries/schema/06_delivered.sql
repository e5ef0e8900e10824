-- What the extracts delivered of that which a measure rests on in part, in one row: whether CARL2 says when a permit lapsed, and
-- CPR which number replaced another. A column that an extract lacks is never read as empty. docs/method.md §3.
create or replace temp view delivered as
select
    bool_or(table_name = 'carl2_permits' and column_name = 'lapsed_on') as lapses,
    bool_or(table_name = 'cpr_persons' and column_name = 'current_cpr_number') as chains
from delivered_columns;
