-- CPR's records that name a person-id: one passes when CARL2's person of that id carries the record's number, and fails
-- when CARL2 has no such person or its person carries another number. Where the person carries none, nothing can be compared. docs/method.md §7.
create or replace temp view person_id_verdicts as
select
    number_key, -- survives: for drill-down
    coalesce(municipality_code, 'unknown') as municipality_code,
    person_id_leads_to, -- survives: for drill-down
    case person_id_leads_to when 'this' then 'pass' when 'none' then 'unknown' else 'fail' end as verdict
from cpr_persons
where person_id_leads_to is not null;
