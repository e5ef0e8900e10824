-- An identifier of each table with its key, for the key to be made again by the store's secret: that of the smallest key, so that it is
-- always the same one.
with permits as (
    select min_by(permit_id, permit_key) as text, min(permit_key) as made
    from identities.carl2_permits
    where permit_id is not null
),
persons as (
    select min_by(person_id, person_key) as text, min(person_key) as made
    from identities.carl2_persons
    where person_id is not null
)
select 'p' as letter, text, made
from persons
where made is not null
union all
select 's', text, made
from permits
where made is not null
order by letter;
