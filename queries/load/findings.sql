-- The findings by file: how often each reason stands in each column, and in which rows first. Where the rows stand is for the receipt.
create temp table placed_findings as
select
    f.table_name,
    f.file_number,
    r.column_name,
    r.reason,
    count(*) as n,
    min(r.row_number, 3) as first_rows
from found_rows r
join file_rows f on f.table_name = r.table_name and r.row_number >= f.first_row and r.row_number < f.next_row
group by f.table_name, f.file_number, r.column_name, r.reason;

create table snapshot.findings as
select table_name, file_number, column_name, reason, n
from placed_findings
order by table_name, file_number, column_name, reason;
