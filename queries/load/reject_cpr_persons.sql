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
