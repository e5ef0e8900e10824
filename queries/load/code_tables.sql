-- Views of the code lists that loading looks codes up in. A citizenship may come as CPR's four digits or as either ISO code.
create temp view citizenship_codes as
select code as text, code from snapshot.code_countries
union all
select iso2, code from snapshot.code_countries where iso2 is not null
union all
select iso3, code from snapshot.code_countries where iso3 is not null;

create temp view group_meanings as
select person_group, min(category) as category
from snapshot.code_legal_bases
group by person_group;

create temp view category_codes as
select unnest(['asylum', 'family', 'work', 'study', 'eu', 'other', 'brexit', 'ukraine', 'unknown']) as code;

-- The citizenship groups with open ends closed, so that the join by code and day is a hash join.
create temp view citizenship_group_days as
select
    code,
    citizenship_group,
    coalesce(valid_from, date '0001-01-01') as first_day,
    coalesce(valid_to, date '9999-12-31') as last_day
from snapshot.code_citizenship_groups;
