-- What stands as a name where a code should goes to the file that questions read as its pattern; the text stays with the
-- identities.
insert into identities.untyped_values
select 'carl2_persons', person_key, 'citizenship', citizenship
from staged_carl2_persons
semi join names_in_codes n on n.text = citizenship
union all
select 'carl2_persons', person_key, 'sex', sex
from staged_carl2_persons
semi join names_in_codes n on n.text = sex
union all
select 'cpr_persons', number_key, 'sex', sex
from staged_cpr_persons
semi join names_in_codes n on n.text = sex
union all
select 'cpr_persons', number_key, 'status', status
from staged_cpr_persons
semi join names_in_codes n on n.text = status
union all
select 'cpr_persons', number_key, 'citizenship', citizenship
from staged_cpr_persons
semi join names_in_codes n on n.text = citizenship
union all
select 'cpr_persons', number_key, 'municipality_code', municipality_code
from staged_cpr_persons
semi join names_in_codes n on n.text = municipality_code;

update staged_carl2_persons set citizenship = pattern_of(citizenship) where citizenship in (select text from names_in_codes);

update staged_carl2_persons set sex = pattern_of(sex) where sex in (select text from names_in_codes);

update staged_cpr_persons set sex = pattern_of(sex) where sex in (select text from names_in_codes);

update staged_cpr_persons set status = pattern_of(status) where status in (select text from names_in_codes);

update staged_cpr_persons set citizenship = pattern_of(citizenship) where citizenship in (select text from names_in_codes);

update staged_cpr_persons
set municipality_code = pattern_of(municipality_code)
where municipality_code in (select text from names_in_codes);
