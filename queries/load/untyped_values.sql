-- The texts that were not understood, as far as they may be seen: a day that is none as delivered, what could be a number or
-- a name as its pattern.
create table snapshot.untyped_values as
select
    table_name,
    row_key,
    column_name,
    shown_day(text) as text
from identities.untyped_values
order by table_name, column_name, row_key, text;
