delete from staged_cpr_persons
where rowid in (select row_number from rejected_rows where table_name = 'cpr_persons');
