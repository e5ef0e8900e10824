-- The codes of a permit that are looked up in lists, one row a permit and column, for the columns that the extracts
-- carry. A code passes when its list holds it and fails when not; of an empty one nothing can be said. The person group is
-- the one given, else the only one of the legal basis; the citizenship is the person's. docs/method.md §7.
create or replace temp view code_columns as
select distinct
    column_name
from delivered_columns
where (table_name, column_name) in (
    ('carl2_permits', 'legal_basis'),
    ('carl2_permits', 'person_group'),
    ('carl2_permits', 'municipality_code'),
    ('carl2_persons', 'citizenship')
);

create or replace temp view listed_codes as
select 'legal_basis' as column_name, legal_basis as code from known_bases
union
select 'person_group', person_group from code_legal_bases
union
select 'municipality_code', code from code_municipalities
union
select 'citizenship', code from code_countries;

create or replace temp macro code_verdict(code, listed) as
    case when code = 'unknown' then 'unknown' when listed is not null then 'pass' else 'fail' end;

create or replace temp macro code_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
with coded as (
    select
        p.*, -- survives: for drill-down
        c.column_name,
        case c.column_name
            when 'legal_basis' then p.legal_basis
            when 'person_group' then p.person_group
            when 'municipality_code' then p.municipality_code
            else p.citizenship
        end as code
    from permits_in_scope(
        from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
    ) p
    cross join code_columns c
)
select
    c.*,
    code_verdict(c.code, l.code) as verdict
from coded c
left join listed_codes l on l.column_name = c.column_name and l.code = c.code;
