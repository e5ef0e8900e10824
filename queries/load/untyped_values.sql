-- The texts that were not understood, as far as they may be seen: a day that is none, and a category of no list, as delivered; what could
-- be a number, a name or an id as its pattern. Of the columns of codes, only categories stand here that are not hidden.
create table snapshot.untyped_values as
select
    v.table_name,
    v.row_key,
    v.column_name,
    case
        when u.hidden is false then v.text
        when v.column_name in ('sex', 'status', 'citizenship', 'municipality_code', 'decision', 'category', 'legal_basis', 'person_group')
            then pattern_of(v.text)
        else shown_day(v.text)
    end as text
from identities.untyped_values v
left join unknown_codes u on u.table_name = v.table_name and u.column_name = v.column_name and u.text = v.text
order by v.table_name, v.column_name, v.row_key, v.text;
