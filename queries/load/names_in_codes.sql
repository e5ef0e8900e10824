-- Which of the unknown texts are names: texts each word of which is one of somebody's names in either register, whatever the case,
-- the accents, the order and what stands between or beside. Where the names themselves hold codes, a column came in another's place, and all that could be names are.
update unknown_codes
set hidden = true
from (
    with like_names as (
        select text, plain
        from looked_for
        where like_a_name(plain)
    ),
    names as materialized (
        select name, count(*) as n
        from (
            select family_name as name from everybody.carl2_persons
            union all
            select given_name from everybody.carl2_persons
            union all
            select family_name from everybody.cpr_persons
            union all
            select given_name from everybody.cpr_persons
        )
        where name is not null
        group by name
    ),
    words as (
        select distinct unnest(words_of(name)) as word from names
    ),
    of_names as (
        select t.text
        from (select text, unnest(words_of_text(plain)) as word from like_names) t
        left join words w on w.word = t.word
        group by t.text
        having bool_and(w.word is not null)
    ),
    displaced as (
        select
            100 * sum(n) filter (
                where name between '0' and ':' or prefix(name, '§') or name in (select code from known_codes where not regexp_full_match(code, '[A-Z]{2}'))
            ) > (select value::integer from snapshot.code_assumptions where name = 'displaced_names_percent') * sum(n) as all_of_them
        from names
    )
    select text
    from like_names
    where text in (select text from of_names) or (select all_of_them from displaced)
) names_of_people
where unknown_codes.text = names_of_people.text;
