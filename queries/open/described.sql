-- What a snapshot says of itself: the hash of what was loaded and how, and the day the extracts were drawn.
select hash, as_of
from snapshot;
