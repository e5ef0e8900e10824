-- The texts in the code columns of the two person tables, each once. There are few of them, unless a column came in another's place.
create table delivered_codes as
select 'carl2_persons' as table_name, 'sex' as column_name, sex::varchar as text
from staged_carl2_persons
group by sex
union all
select 'carl2_persons', 'citizenship', citizenship::varchar
from staged_carl2_persons
group by citizenship
union all
select 'cpr_persons', 'status', status::varchar
from staged_cpr_persons
group by status
union all
select 'cpr_persons', 'sex', sex::varchar
from staged_cpr_persons
group by sex
union all
select 'cpr_persons', 'citizenship', citizenship::varchar
from staged_cpr_persons
group by citizenship
union all
select 'cpr_persons', 'municipality_code', municipality_code::varchar
from staged_cpr_persons
group by municipality_code;
