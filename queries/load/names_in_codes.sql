-- Which of the unknown texts are names: the family name, the given names or the first of them of somebody in either register,
-- whatever the case. Where the names themselves hold codes, a column came in another's place, and all that could be names are.
update unknown_codes
set hidden = true
from (
    with like_names as (
        select distinct text
        from unknown_codes
        where like_a_name(text)
    ),
    names as (
        select family_name as name from identities.carl2_persons
        union all
        select given_name from identities.carl2_persons
        union all
        select split_part(given_name, ' ', 1) from identities.carl2_persons
        union all
        select family_name from identities.cpr_persons
        union all
        select given_name from identities.cpr_persons
        union all
        select split_part(given_name, ' ', 1) from identities.cpr_persons
    ),
    displaced as (
        select
            100 * count_if(name between '0' and ':' or prefix(name, '§') or name in (select code from known_codes where column_name = 'decision'))
                > (select value::integer from snapshot.code_assumptions where name = 'displaced_names_percent') * count(name) as all_of_them
        from names
    )
    select distinct c.text
    from like_names c
    join names n on lower(n.name) = lower(c.text)
    union
    select text
    from like_names
    where (select all_of_them from displaced)
) names_of_people
where unknown_codes.text = names_of_people.text;
