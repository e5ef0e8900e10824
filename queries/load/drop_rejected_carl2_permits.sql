delete from staged_carl2_permits
where rowid in (select row_number from rejected_rows where table_name = 'carl2_permits');
