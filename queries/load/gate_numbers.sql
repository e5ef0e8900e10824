-- Of the persons of CARL2 that both snapshots hold: how many had a number, how many have another one now, and how many have none.
select
    count(p.number_key) as before,
    count(*) filter (where s.number_key <> p.number_key) as changed,
    count(*) filter (where p.number_key is not null and s.number_key is null) as lost
from previous.carl2_persons p
join snapshot.carl2_persons s on s.person_key = p.person_key;
