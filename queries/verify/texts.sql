-- How many texts of each column look like a CPR-number or a replacement number. The file that questions read should hold
-- none; where one stands, an extract had it in a column that is kept as delivered. Ten digits are one with any dash, blank,
-- point or slash after the sixth; ten nines are the pattern of one, which is how a text that was kept back is shown.
create or replace temp macro looks_like_a_number(text) as regexp_matches(
    regexp_replace(text, '(^|[^0-9])9{6}-?9{4}', '\1', 'g'),
    '(^|\P{Nd})\p{Nd}{6}[\p{Pd}\p{Z}\s\x{2212}\x{00AD}./_]{0,3}\p{Nd}{4}(\P{Nd}|$)'
);

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
