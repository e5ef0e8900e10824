create table identities.carl2_permits as
select permit_key, permit_id, person_key, person_id
from staged_carl2_permits;
