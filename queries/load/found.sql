-- The findings, in order, with the first rows that they stand in; of a file as such there are none.
select f.table_name, f.file_number, f.column_name, f.reason, f.n, coalesce(p.first_rows, []) as first_rows
from snapshot.findings f
left join placed_findings p
    on p.table_name = f.table_name and p.file_number = f.file_number and p.column_name = f.column_name and p.reason = f.reason
order by f.table_name, f.file_number, f.column_name, f.reason;
