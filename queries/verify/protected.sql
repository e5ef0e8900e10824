-- Of protected persons the identities hold keys and nothing else, and the file beside them holds the same keys: each rule by table,
-- with the number of keys that break it.
with permits as (
    select
        count(*) filter (where p.permit_key is null) as protected_without_row,
        count(*) filter (where i.permit_key is null) as row_not_marked_protected,
        count(*) filter (where i.told) as protected_beside_the_others
    from (
        select permit_key, coalesce(permit_id, person_id) is not null as told
        from identities.carl2_permits
        where protected
    ) i
    full join protected.carl2_permits p on p.permit_key = i.permit_key
),
persons as (
    select
        count(*) filter (where p.person_key is null) as protected_without_row,
        count(*) filter (where i.person_key is null) as row_not_marked_protected,
        count(*) filter (where i.told) as protected_beside_the_others
    from (
        select
            person_key,
            bool_or(coalesce(person_id, cpr_number, family_name, given_name, birth_date::varchar, birth_date_text) is not null) as told
        from identities.carl2_persons
        where protected
        group by person_key
    ) i
    full join (select distinct person_key from protected.carl2_persons) p on p.person_key = i.person_key
),
numbers as (
    select
        count(*) filter (where p.number_key is null) as protected_without_row,
        count(*) filter (where i.number_key is null) as row_not_marked_protected,
        count(*) filter (where i.told) as protected_beside_the_others
    from (
        select
            number_key,
            coalesce(cpr_number, current_cpr_number, family_name, given_name, birth_date::varchar, birth_date_text, person_id) is not null as told
        from identities.cpr_persons
        where protected
    ) i
    full join protected.cpr_persons p on p.number_key = i.number_key
),
texts as (
    select
        count(*) filter (where p.row_key is null) as protected_without_row,
        count(*) filter (where i.row_key is null) as row_not_marked_protected,
        count(*) filter (where i.told) as protected_beside_the_others
    from (
        select table_name, row_key, column_name, bool_or(text is not null) as told
        from identities.untyped_values
        where protected
        group by table_name, row_key, column_name
    ) i
    full join (select distinct table_name, row_key, column_name from protected.untyped_values) p
        on p.table_name = i.table_name and p.row_key = i.row_key and p.column_name = i.column_name
)
select 'carl2_permits' as table_name, rule, n from (unpivot permits on columns(*) into name rule value n)
union all
select 'carl2_persons', rule, n from (unpivot persons on columns(*) into name rule value n)
union all
select 'cpr_persons', rule, n from (unpivot numbers on columns(*) into name rule value n)
union all
select 'untyped_values', rule, n from (unpivot texts on columns(*) into name rule value n)
order by table_name, rule;
