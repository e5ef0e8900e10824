-- The identities: what the keys stand for, and every text that could point at a person. They live in a file of their own.
--
-- Those of protected persons live in yet another one, which no statement of anybody's is ever run beside: DuckDB shows what a file
-- holds in plans and in statistics too, and no view keeps that back. In the identities they are keys, so that no row is missing.
--
-- They are rarely read, and what they hold (numbers, names, keys) hardly packs: they are written as they are, in a
-- third of the time.
pragma force_compression = 'uncompressed';

create table identities.cpr_persons as
select number_key, false as protected, cpr_number, current_cpr_number, family_name, given_name, birth_date, birth_date_text, person_id
from staged_cpr_persons
anti join protected_numbers using (number_key)
union all
select number_key, true, null, null, null, null, null, null, null
from staged_cpr_persons
semi join protected_numbers using (number_key);

create table protected.cpr_persons as
select number_key, cpr_number, current_cpr_number, family_name, given_name, birth_date, birth_date_text, person_id
from staged_cpr_persons
semi join protected_numbers using (number_key);

create table identities.carl2_persons as
select person_key, false as protected, person_id, cpr_number, family_name, given_name, birth_date, birth_date_text
from staged_carl2_persons
anti join protected_persons using (person_id)
union all
select person_key, true, null, null, null, null, null, null
from staged_carl2_persons
semi join protected_persons using (person_id);

create table protected.carl2_persons as
select person_key, person_id, cpr_number, family_name, given_name, birth_date, birth_date_text
from staged_carl2_persons
semi join protected_persons using (person_id);

pragma force_compression = 'auto';

-- Both together, for what loading looks up.
create view everybody.cpr_persons as
select number_key, cpr_number, current_cpr_number, family_name, given_name, birth_date, birth_date_text, person_id
from identities.cpr_persons
where not protected
union all
select number_key, cpr_number, current_cpr_number, family_name, given_name, birth_date, birth_date_text, person_id
from protected.cpr_persons;

create view everybody.carl2_persons as
select person_key, person_id, cpr_number, family_name, given_name, birth_date, birth_date_text
from identities.carl2_persons
where not protected
union all
select person_key, person_id, cpr_number, family_name, given_name, birth_date, birth_date_text
from protected.carl2_persons;
