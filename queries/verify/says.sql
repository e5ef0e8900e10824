-- What the snapshot says of itself, for the receipt to say the same.
select hash, as_of::varchar as as_of
from snapshot.snapshot;
