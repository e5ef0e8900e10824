-- What the permit keys stand for, and whose each permit is.
--
-- They are rarely read, and what they hold (numbers, names, keys) hardly packs: they are written as they are, in a
-- third of the time.
pragma force_compression = 'uncompressed';

create table identities.carl2_permits as
select permit_key, permit_id, person_id
from staged_carl2_permits;

pragma force_compression = 'auto';
