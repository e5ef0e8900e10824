-- The findings, in order.
select table_name, file_number, column_name, reason, n
from snapshot.findings
order by table_name, file_number, column_name, reason;
