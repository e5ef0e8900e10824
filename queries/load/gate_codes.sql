-- The columns of codes in which codes are new or vanished since the previous snapshot: how many, and the first ten of each
-- in their order. A text that is long, or that could be somebody's number, is counted and not shown.
create or replace macro shown_codes(codes) as
    list_sort(list_filter(codes, lambda c: length(c) <= 40 and not could_identify(c::varchar)))[1:10];

create or replace macro is_code_column(c) as c in (
    'decision', 'person_group', 'category', 'municipality_code', 'link_status', 'not_expected', 'sex', 'citizenship',
    'citizenship_group', 'number_state', 'status'
);

with codes as (
    select 'carl2_permits' as table_name, column_name, codes, false as is_now
    from (unpivot (select list(distinct columns(lambda c: is_code_column(c))) from previous.carl2_permits) on columns(*) into name column_name value codes)
    union all
    select 'carl2_permits', column_name, codes, true
    from (unpivot (select list(distinct columns(lambda c: is_code_column(c))) from snapshot.carl2_permits) on columns(*) into name column_name value codes)
    union all
    select 'carl2_persons', column_name, codes, false
    from (unpivot (select list(distinct columns(lambda c: is_code_column(c))) from previous.carl2_persons) on columns(*) into name column_name value codes)
    union all
    select 'carl2_persons', column_name, codes, true
    from (unpivot (select list(distinct columns(lambda c: is_code_column(c))) from snapshot.carl2_persons) on columns(*) into name column_name value codes)
    union all
    select 'cpr_persons', column_name, codes, false
    from (unpivot (select list(distinct columns(lambda c: is_code_column(c))) from previous.cpr_persons) on columns(*) into name column_name value codes)
    union all
    select 'cpr_persons', column_name, codes, true
    from (unpivot (select list(distinct columns(lambda c: is_code_column(c))) from snapshot.cpr_persons) on columns(*) into name column_name value codes)
),
columns_of_codes as (
    select
        table_name,
        column_name,
        coalesce(max(codes) filter (where not is_now), []) as before,
        coalesce(max(codes) filter (where is_now), []) as after
    from codes
    group by table_name, column_name
),
compared as (
    select
        table_name,
        column_name,
        before,
        after,
        list_filter(after, lambda c: c is not null and not list_contains(before, c)) as appeared,
        list_filter(before, lambda c: c is not null and not list_contains(after, c)) as vanished
    from columns_of_codes
)
select
    table_name,
    column_name,
    len(before) as before,
    len(after) as after,
    len(appeared) as appeared,
    len(vanished) as vanished,
    shown_codes(appeared) as appeared_codes,
    shown_codes(vanished) as vanished_codes
from compared
where len(appeared) > 0 or len(vanished) > 0
order by table_name, column_name;
