-- How many of the unknown texts could be names, could be ids as they are, and could be ids that are written otherwise.
select
    count(*) filter (where like_a_name(plain)) as names,
    count(*) filter (where is_like_an_id(plain)) as ids,
    count(*) filter (where id_keys(text) <> '') as keys
from looked_for;
