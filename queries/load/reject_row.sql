-- A row that was seen to be none before its table is staged.
insert into rejected_rows
select $table_name, $row_number, $reason;
