-- The same for the code columns of the permits.
insert into identities.untyped_values
select 'carl2_permits', permit_key, 'decision', decision
from staged_carl2_permits
semi join names_in_codes n on n.text = decision
union all
select 'carl2_permits', permit_key, 'person_group', person_group
from staged_carl2_permits
semi join names_in_codes n on n.text = person_group
union all
select 'carl2_permits', permit_key, 'legal_basis', legal_basis
from staged_carl2_permits
semi join names_in_codes n on n.text = legal_basis
union all
select 'carl2_permits', permit_key, 'municipality_code', municipality_code
from staged_carl2_permits
semi join names_in_codes n on n.text = municipality_code;

update staged_carl2_permits set decision = pattern_of(decision) where decision in (select text from names_in_codes);

update staged_carl2_permits set person_group = pattern_of(person_group) where person_group in (select text from names_in_codes);

update staged_carl2_permits set legal_basis = pattern_of(legal_basis) where legal_basis in (select text from names_in_codes);

update staged_carl2_permits
set municipality_code = pattern_of(municipality_code)
where municipality_code in (select text from names_in_codes);
