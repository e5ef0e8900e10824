-- The texts in the code columns of the permits that no code list knows and that could be names, as for the persons.
create or replace temp table texts_like_names as
with texts as (
    select distinct decision as text
    from staged_carl2_permits
    where decision not in ('granted', 'refused', 'withdrawn', 'revoked', 'lapsed', 'pending')
    union
    select distinct person_group from staged_carl2_permits anti join group_meanings using (person_group)
    union
    select distinct legal_basis from staged_carl2_permits anti join basis_meanings using (legal_basis)
    union
    select distinct municipality_code from staged_carl2_permits
)
select text
from texts
where like_a_name(text);
