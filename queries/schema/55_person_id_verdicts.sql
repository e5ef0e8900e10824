-- CPR's records that name a person-id: one passes when CARL2's person of that id carries the record's number, and fails
-- when CARL2 has no such person or its person carries another number. Where the person carries none, nothing can be compared.
create or replace temp view person_id_verdicts as
select
    c.number_key, -- survives: for drill-down
    coalesce(c.municipality_code, 'unknown') as municipality_code,
    i.leads_to, -- survives: for drill-down
    case i.leads_to when 'this' then 'pass' when 'none' then 'unknown' else 'fail' end as verdict
from cpr_person_ids i
join cpr_persons c on c.number_key = i.number_key;
