-- The identities: what the keys stand for, and every text that could point at a person. They live in a file of their own.
--
-- They are rarely read, and what they hold (numbers, names, keys) hardly packs: they are written as they are, in a
-- third of the time.
pragma force_compression = 'uncompressed';

create table identities.cpr_persons as
select number_key, cpr_number, current_cpr_number, family_name, given_name, birth_date, birth_date_text, person_id, protected
from staged_cpr_persons;

create table identities.carl2_persons as
select person_key, person_id, cpr_number, family_name, given_name, birth_date, birth_date_text
from staged_carl2_persons;

pragma force_compression = 'auto';
