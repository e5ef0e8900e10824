-- The findings by file: how often each reason stands in each column.
create table snapshot.findings as
select
    f.table_name,
    f.file_number,
    r.column_name,
    r.reason,
    count(*) as n
from found_rows r
join file_rows f on f.table_name = r.table_name and r.row_number >= f.first_row and r.row_number < f.next_row
group by f.table_name, f.file_number, r.column_name, r.reason
order by f.table_name, f.file_number, r.column_name, r.reason;
