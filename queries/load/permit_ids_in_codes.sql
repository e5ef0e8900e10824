-- Which of the unknown texts are the number of a case, or the person-id that one names; see the person-ids.
update unknown_codes
set hidden = true
from (
    select u.text
    from unknown_codes u
    join staged_carl2_permits p on p.permit_id = u.text
    where length(u.text) >= 5 and regexp_matches(u.text, '[0-9]')
    union
    select u.text
    from unknown_codes u
    join staged_carl2_permits p on p.person_id = u.text
    where length(u.text) >= 5 and regexp_matches(u.text, '[0-9]')
) ids
where unknown_codes.text = ids.text;
