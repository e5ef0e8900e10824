-- Which of the unknown texts are somebody's id or number written otherwise: without its letters, its hyphens or its zeros in front, or
-- with a word beside it.
update unknown_codes
set hidden = true
from (
    with keys as (
        select text, unnest(string_split(id_keys(text), ' ')) as key
        from looked_for
        where id_keys(text) <> ''
    ),
    sought as (
        select endings, digits_not_last(endings) as other_digits
        from (select list(distinct right(key, 5)) as endings from keys)
    ),
    ids as (
        select id
        from (
            select person_id as id from everybody.carl2_persons
            union all
            select cpr_number from everybody.carl2_persons where may_be_no_number(cpr_number)
            union all
            select person_id from everybody.cpr_persons
            union all
            select cpr_number from everybody.cpr_persons where may_be_no_number(cpr_number)
            union all
            select current_cpr_number from everybody.cpr_persons where may_be_no_number(current_cpr_number)
            union all
            select permit_id from staged_carl2_permits
            union all
            select person_id from staged_carl2_permits
        )
        cross join sought s
        where may_have_key(id, s.endings, s.other_digits)
    ),
    keys_of_ids as (
        select upper(regexp_replace(id, '[^\p{L}\p{N}]', '', 'g')) as key
        from ids
        union all
        select digits_of_id(id)
        from ids
    )
    select distinct k.text
    from keys k
    semi join keys_of_ids i on i.key = k.key
) somebodys
where unknown_codes.text = somebodys.text;
