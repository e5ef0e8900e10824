-- Rows that cannot be loaded: no number, or a number that an earlier row of the extract already has.
insert into rejected_rows
with repeated as (
    select number_key, min(rowid) as first_row
    from staged_cpr_persons
    where number_key is not null
    group by number_key
    having count(*) > 1
)
select 'cpr_persons', rowid, 'empty_key'
from staged_cpr_persons
where number_key is null
union all
select 'cpr_persons', s.rowid, 'repeated_key'
from staged_cpr_persons s
join repeated r on r.number_key = s.number_key
where s.rowid > r.first_row;

-- The row that stays is protected where any of its number is: files of several days, or in the wrong order, take nobody's protection away.
update staged_cpr_persons
set protected = true
where not protected
    and number_key in (select number_key from staged_cpr_persons where protected);

-- How many keys those are, whose first row is loaded.
insert into repeated_keys
select 'cpr_persons', count(distinct s.number_key)
from staged_cpr_persons s
semi join (select row_number from rejected_rows where table_name = 'cpr_persons' and reason = 'repeated_key') r on r.row_number = s.rowid;
