-- The numbers that CARL2 carries on a person beside the person's own: those of persons with several rows.
create table snapshot.further_numbers as
select distinct
    s.person_key,
    number_key(s.cpr_number) as number_key
from staged_carl2_persons s
join merged_persons p on p.person_key = s.person_key and p.numbers > 1
where s.number_state in ('well_formed', 'replacement') and s.cpr_number <> p.cpr_number
order by s.person_key, number_key;
