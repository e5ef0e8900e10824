-- What permits are told apart by when the unlinked ones are described, each with whether the extracts say it. docs/method.md §7.
create or replace temp view delivered_characteristics as
select characteristic -- survives: DuckDB reads a bare «from» as this
from (values
    ('category', 'carl2_permits', 'category'),
    ('category', 'carl2_permits', 'person_group'),
    ('category', 'carl2_permits', 'legal_basis'),
    ('citizenship_group', 'carl2_persons', 'citizenship'),
    ('sex', 'carl2_persons', 'sex'),
    ('age_group', 'carl2_persons', 'birth_date'),
    ('municipality_size', 'carl2_permits', 'municipality_code'),
    ('year', 'carl2_permits', 'decided_on')
) c(characteristic, table_name, column_name)
semi join delivered_columns using (table_name, column_name);

-- How large municipalities are, by the granted permits of the whole snapshot that were allocated to them: the 10 with the most, the 30 next,
-- and the others. It does not change with what a question is asked for.
create or replace temp view municipality_sizes as
with counted as (
    select municipality_code, count(*) as n
    from granted_permits
    group by municipality_code
),
ranked as (
    select
        municipality_code,
        row_number() over (partition by municipality_code = 'unknown' order by n desc, municipality_code) as place
    from counted
)
select
    municipality_code,
    case
        when municipality_code = 'unknown' then 'unknown'
        when place <= 10 then 'largest_10'
        when place <= 40 then 'next_30'
        else 'others'
    end as size
from ranked;
