-- The persons with several rows, and the first of them in file order.
create temp table repeated_persons as
select person_key, min(rowid) as first_row
from staged_carl2_persons
group by person_key
having count(*) > 1;
