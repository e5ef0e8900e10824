-- Which of the unknown texts are somebody's person-id. A shorter one than five characters may be a code that nobody lists and an
-- id by accident; it is shown.
update unknown_codes
set hidden = true
from (
    select u.text
    from unknown_codes u
    join identities.carl2_persons p on p.person_id = u.text
    where length(u.text) >= 5 and regexp_matches(u.text, '[0-9]')
    union
    select u.text
    from unknown_codes u
    join identities.cpr_persons c on c.person_id = u.text
    where length(u.text) >= 5 and regexp_matches(u.text, '[0-9]')
) ids
where unknown_codes.text = ids.text;
