-- The texts in the code columns of the permits, each once.
create or replace table delivered_codes as
select 'carl2_permits' as table_name, 'decision' as column_name, decision::varchar as text
from staged_carl2_permits
group by decision
union all
select 'carl2_permits', 'legal_basis', legal_basis::varchar
from staged_carl2_permits
group by legal_basis
union all
select 'carl2_permits', 'person_group', person_group::varchar
from staged_carl2_permits
group by person_group
union all
select 'carl2_permits', 'category', category::varchar
from staged_carl2_permits
group by category
union all
select 'carl2_permits', 'municipality_code', municipality_code::varchar
from staged_carl2_permits
group by municipality_code;
