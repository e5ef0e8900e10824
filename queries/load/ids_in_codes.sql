-- Which of the unknown texts are somebody's person-id or number, or the number of a case, in any table, as they are. Texts of fewer than
-- five characters may be codes that nobody lists and ids by accident: they are hidden where several are, and are most of what is unknown.
update unknown_codes
set hidden = true
from (
    with ids as (
        select person_id as id from everybody.carl2_persons
        union all
        select cpr_number from everybody.carl2_persons
        union all
        select person_id from everybody.cpr_persons
        union all
        select cpr_number from everybody.cpr_persons
        union all
        select current_cpr_number from everybody.cpr_persons
        union all
        select permit_id from staged_carl2_permits
        union all
        select person_id from staged_carl2_permits
    ),
    found as (
        select distinct l.text, length(l.plain) < 5 as is_short
        from looked_for l
        join ids i on i.id = l.text
        where is_like_an_id(l.plain)
    ),
    short_ids as (
        select u.table_name, u.column_name
        from unknown_codes u
        left join found f on f.text = u.text
        where not u.nobodys
        group by u.table_name, u.column_name
        having count(*) filter (where f.is_short) > 1 and 2 * count(f.text) > count(*)
    )
    select text
    from found
    where not is_short
    union
    select f.text
    from found f
    join unknown_codes u on u.text = f.text
    semi join short_ids s on s.table_name = u.table_name and s.column_name = u.column_name
) somebodys
where unknown_codes.text = somebodys.text;
