-- What the permit keys stand for, and whose each permit is; those of protected persons apart.
--
-- They are rarely read, and what they hold (numbers, names, keys) hardly packs: they are written as they are, in a
-- third of the time.
pragma force_compression = 'uncompressed';

create table identities.carl2_permits as
select permit_key, false as protected, permit_id, person_id
from staged_carl2_permits
anti join protected_persons using (person_id)
union all
select permit_key, true, null, null
from staged_carl2_permits
semi join protected_persons using (person_id);

create table protected.carl2_permits as
select permit_key, permit_id, person_id
from staged_carl2_permits
semi join protected_persons using (person_id);

pragma force_compression = 'auto';

create view everybody.carl2_permits as
select permit_key, permit_id, person_id
from identities.carl2_permits
where not protected
union all
select permit_key, permit_id, person_id
from protected.carl2_permits;
