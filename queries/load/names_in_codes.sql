-- Which of the unknown texts are names: the family name or the given names of somebody in either register, or the first word of them,
-- whatever the case. Where the names themselves hold codes, a column came in another's place, and all that could be names are.
update unknown_codes
set hidden = true
from (
    with like_names as (
        select distinct text
        from unknown_codes
        where like_a_name(text)
    ),
    names as materialized (
        select name, count(*) as n
        from (
            select family_name as name from identities.carl2_persons
            union all
            select given_name from identities.carl2_persons
            union all
            select family_name from identities.cpr_persons
            union all
            select given_name from identities.cpr_persons
        )
        where name is not null
        group by name
    ),
    words as (
        select lower(name) as word from names
        union all
        select lower(split_part(name, ' ', 1)) from names
    ),
    displaced as (
        select
            100 * sum(n) filter (
                where name between '0' and ':' or prefix(name, '§') or name in (select code from known_codes where column_name = 'decision')
            ) > (select value::integer from snapshot.code_assumptions where name = 'displaced_names_percent') * sum(n) as all_of_them
        from names
    )
    select text
    from like_names
    where lower(text) in (select word from words) or (select all_of_them from displaced)
) names_of_people
where unknown_codes.text = names_of_people.text;
