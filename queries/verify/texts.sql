-- How many texts of each column look like a CPR-number or a replacement number. The file that questions read should hold
-- none; where one stands, an extract had it in a column that is kept as delivered.
create or replace temp macro looks_like_a_number(text) as regexp_matches(text, '(^|[^0-9])[0-9]{6}[- ]?[0-9]{4}([^0-9]|$)');

with permits as (
    select count_if(looks_like_a_number(columns([
        'decision', 'legal_basis', 'person_group', 'category', 'municipality_code', 'link_status', 'not_expected', 'sex',
        'citizenship', 'citizenship_group'
    ])))::bigint
    from snapshot.carl2_permits
),
persons as (
    select count_if(looks_like_a_number(columns(['number_state', 'sex', 'citizenship', 'link_status'])))::bigint
    from snapshot.carl2_persons
),
numbers as (
    select count_if(looks_like_a_number(columns(['status', 'sex', 'citizenship', 'municipality_code'])))::bigint
    from snapshot.cpr_persons
),
untyped as (
    select count_if(looks_like_a_number(columns(['text'])))::bigint
    from snapshot.untyped_values
)
select 'carl2_permits' as table_name, column_name, n from (unpivot permits on columns(*) into name column_name value n)
union all
select 'carl2_persons', column_name, n from (unpivot persons on columns(*) into name column_name value n)
union all
select 'cpr_persons', column_name, n from (unpivot numbers on columns(*) into name column_name value n)
union all
select 'untyped_values', column_name, n from (unpivot untyped on columns(*) into name column_name value n)
order by table_name, column_name;
