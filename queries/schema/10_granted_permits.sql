-- The permit registrations that were ever granted: what every permit question counts.
create or replace temp view granted_permits as
select
    permit_key,
    person_key,
    decided_on,
    decision,
    legal_basis,
    person_group,
    category,
    valid_from,
    valid_to,
    lapsed_on,
    municipality_code,
    link_status,
    linked_on,
    not_expected,
    is_first,
    sex,
    citizenship,
    citizenship_group,
    birth_year,
    age_at_decision
from carl2_permits
where granted;
