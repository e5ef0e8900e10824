-- Of protected persons the identities hold keys and nothing else, and the file beside them holds the same keys: each rule by table,
-- with the number of keys that break it. A person may have several rows, and a row several texts.
with among_the_others as (
    select 'carl2_permits' as table_name, permit_key as row_key, '' as column_name, coalesce(permit_id, person_id) is not null as told
    from identities.carl2_permits
    where protected
    union all
    select
        'carl2_persons',
        person_key,
        '',
        coalesce(person_id, cpr_number, family_name, given_name, birth_date::varchar, birth_date_text) is not null
    from identities.carl2_persons
    where protected
    union all
    select
        'cpr_persons',
        number_key,
        '',
        coalesce(cpr_number, current_cpr_number, family_name, given_name, birth_date::varchar, birth_date_text, person_id) is not null
    from identities.cpr_persons
    where protected
    union all
    select 'untyped_values', row_key, table_name || '.' || column_name, text is not null
    from identities.untyped_values
    where protected
),
apart as (
    select 'carl2_permits' as table_name, permit_key as row_key, '' as column_name from protected.carl2_permits
    union
    select 'carl2_persons', person_key, '' from protected.carl2_persons
    union
    select 'cpr_persons', number_key, '' from protected.cpr_persons
    union
    select 'untyped_values', row_key, table_name || '.' || column_name from protected.untyped_values
),
marked as (
    select table_name, row_key, column_name, bool_or(told) as told
    from among_the_others
    group by table_name, row_key, column_name
),
compared as (
    select table_name, m.row_key is not null as is_marked, a.row_key is not null as is_apart, m.told
    from marked m
    full join apart a using (table_name, row_key, column_name)
),
broken as (
    select
        table_name,
        count(*) filter (where is_marked and not is_apart) as protected_without_row,
        count(*) filter (where is_apart and not is_marked) as row_not_marked_protected,
        count(*) filter (where told) as protected_beside_the_others
    from (select unnest(['carl2_permits', 'carl2_persons', 'cpr_persons', 'untyped_values']) as table_name)
    left join compared using (table_name)
    group by table_name
)
select table_name, name as rule, value as n
from (unpivot broken on columns(* exclude (table_name)) into name name value value)
order by table_name, rule;
