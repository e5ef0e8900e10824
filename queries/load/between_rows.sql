-- What stands between the rows of a table and is none of them: a subtotal, which has the word for one where a row has its key; and of permits,
-- where nothing that every permit has may be empty, a title above some of the rows, which reads as a note and no key of the first rows does.
-- What it lacks is as below the table. Any other row that is wrong stays, with its findings.
insert into rejected_rows
select $table_name, row, 'between_rows'
from judged_rows
where lacks and like_a_note(key) and (like_a_total(key) or tells and not exists (select 1 from judged_rows where row < 1000 and is_row and like_a_note(key)));
