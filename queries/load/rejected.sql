-- The rejected rows by table, in file order.
select table_name, row_number, reason
from rejected_rows
order by table_name, row_number, reason;
