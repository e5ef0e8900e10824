-- Where the person-id that a CPR record names leads to in CARL2: «this» is a person who carries the record's number, «other»
-- one who carries another, «none» one who carries no number, «nobody» means that CARL2 does not have the person-id.
create table snapshot.cpr_person_ids as
select
    c.number_key,
    case
        when p.person_key is null then 'nobody'
        when p.cpr_number is null then 'none'
        when p.cpr_number = c.cpr_number then 'this'
        else 'other'
    end as leads_to
from staged_cpr_persons c
left join merged_persons p on p.person_id = c.person_id
where c.person_id is not null;
