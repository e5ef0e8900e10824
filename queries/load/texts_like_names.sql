-- How many of the unknown texts could be names.
select count(*)
from unknown_codes
where like_a_name(text);
