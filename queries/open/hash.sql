-- The hash of what was loaded and how.
select hash
from snapshot;
