-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists the persons that carry a number which several persons carry, as number_shared_by_persons counts them: keys, not people. A parameter that is NULL restricts
-- nothing.
--
-- params
--   at_number_key  VARCHAR        nummerets nøgle; NULL alle | key of the number; NULL any
--   rows           BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key   VARCHAR record                   Nummer (nøgle) | Number (key)
--   person_key   VARCHAR record                   Person (nøgle) | Person (key)
--   link_status  VARCHAR {link_status} attribute  Koblingsstatus | Link status
with carriers as (
    select
        person_key,
        number_key
    from carl2_persons
    where number_shared and number_key is not null
    union all
    select
        person_key,
        number_key
    from further_numbers
),
shared as (
    select number_key
    from carriers
    group by number_key
    having count(*) > 1
)
select
    format('{:016x}', c.number_key) as number_key,
    format('{:016x}', c.person_key) as person_key,
    p.link_status
from carriers c
semi join shared s on s.number_key = c.number_key
left join carl2_persons p on p.person_key = c.person_key
where in_cell(format('{:016x}', c.number_key), $at_number_key)
order by c.number_key, c.person_key
limit $rows;
