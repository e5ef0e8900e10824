-- Views of the code lists that loading looks codes up in. A citizenship may come as CPR's four digits or as either ISO code.
create view citizenship_codes as
select code as text, code from snapshot.code_countries
union all
select iso2, code from snapshot.code_countries where iso2 is not null
union all
select iso3, code from snapshot.code_countries where iso3 is not null;

create view group_meanings as
select person_group, min(category) as category
from snapshot.code_legal_bases
group by person_group;

create view category_codes as
select unnest(['asylum', 'family', 'work', 'study', 'eu', 'other', 'brexit', 'ukraine', 'unknown']) as code;

-- What each column of codes may hold. The legal bases come later, when it is known which of the extract's the table understands.
create table known_codes as
select 'sex' as column_name, unnest(['M', 'K']) as code
union all
select 'status', unnest(['01', '03', '05', '07', '20', '30', '50', '60', '70', '80', '90'])
union all
select 'citizenship', text from citizenship_codes
union all
select 'municipality_code', code from snapshot.code_municipalities
union all
select 'decision', unnest(['granted', 'refused', 'withdrawn', 'revoked', 'lapsed', 'pending'])
union all
select 'category', code from category_codes
union all
select 'person_group', person_group from group_meanings;

-- What the lists call what their codes stand for: no code, and nobody's name or number.
create view listed_names as
select distinct 'citizenship' as column_name, lower(unnest([name_da, name_en])) as name from snapshot.code_countries
union
select 'municipality_code', lower(name) from snapshot.code_municipalities;

-- The citizenship groups with open ends closed, so that the join by code and day is a hash join.
create view citizenship_group_days as
select
    code,
    citizenship_group,
    coalesce(valid_from, date '0001-01-01') as first_day,
    coalesce(valid_to, date '9999-12-31') as last_day
from snapshot.code_citizenship_groups;

-- Before this day a column holds no day that anybody was given: another program's day for «none», or a century mistyped. The day is kept as it
-- is, and told as a finding.
create or replace macro first_plausible(field) as (select value::date from snapshot.code_assumptions where name = 'first_plausible_' || field);

-- A formula without a value, or a cell too narrow for what it holds. The cheap test comes first.
create or replace macro error_value(text) as
    prefix(text, '#')
    and (list_contains((select error_values from spreadsheet_words), upper(trim(text))) or regexp_full_match(trim(text), '#{3,}'));

-- A total of rows has a word for it where they have their key: «I alt», «Subtotal 2013», «Total:».
create or replace macro like_a_total(key) as
    like_a_note(key)
    and len(list_filter((select totals from spreadsheet_words), lambda t: trim(regexp_replace(lower(key), '[^\p{L}]+', ' ', 'g')) || ' ' like t)) > 0;

-- What is not as it was.
create or replace macro altered_how(text, is_number) as
    case when error_value(text) then 'error_value' when is_number and cut_short(trim(text)) then 'lost_digits' end;
