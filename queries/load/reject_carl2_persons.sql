-- Rows that cannot be loaded: no person-id. A person may have several rows, so nothing else is rejected.
insert into rejected_rows
select 'carl2_persons', rowid, 'empty_key'
from staged_carl2_persons
where person_key is null or (person_id < '!' and trim(person_id) = '');
