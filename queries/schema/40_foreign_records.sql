-- The records of CPR that are not a Danish citizen's, with the group their citizenship belongs to on the as-of day: «other»
-- where it is in none, «unknown» where CPR's list of countries does not hold the code, or there is none; so with «western». docs/method.md §7.
create or replace temp view foreign_records as
with groups_today as (
    select
        k.code,
        coalesce(g.citizenship_group, 'other') as citizenship_group,
        k.western
    from western_citizenships k
    left join code_citizenship_groups g
        on g.code = k.code
        and coalesce(g.valid_from, date '0001-01-01') <= (select as_of from snapshot)
        and coalesce(g.valid_to, date '9999-12-31') >= (select as_of from snapshot)
)
select
    c.number_key, -- survives: for drill-down
    c.status,
    c.citizenship, -- survives: for drill-down
    coalesce(c.municipality_code, 'unknown') as municipality_code,
    c.registered_on,
    year_by_as_of(c.registered_on) as year,
    c.immigrated_on,
    year_by_as_of(c.immigrated_on) as immigration_year,
    c.carried,
    c.permit_in_force,
    c.latest_category as category,
    coalesce(g.citizenship_group, 'unknown') as citizenship_group,
    coalesce(g.western, 'unknown') as western
from cpr_persons c
left join groups_today g on g.code = c.citizenship
where g.citizenship_group is distinct from 'danish';
