-- Rows that cannot be loaded: no permit-id, or a permit-id that an earlier row of the extract already has.
insert into rejected_rows
with repeated as (
    select permit_key, min(rowid) as first_row
    from staged_carl2_permits
    where permit_key is not null
    group by permit_key
    having count(*) > 1
)
select 'carl2_permits', rowid, 'empty_key'
from staged_carl2_permits
where permit_key is null or (permit_id < '!' and trim(permit_id) = '')
union all
select 'carl2_permits', s.rowid, 'repeated_key'
from staged_carl2_permits s
join repeated r on r.permit_key = s.permit_key
where s.rowid > r.first_row;

-- How many keys those are, whose first row is loaded.
insert into repeated_keys
select 'carl2_permits', count(distinct s.permit_key)
from staged_carl2_permits s
semi join (select row_number from rejected_rows where table_name = 'carl2_permits' and reason = 'repeated_key') r on r.row_number = s.rowid;
