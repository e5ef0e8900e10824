-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists the numbers that a person carries who carries several, as persons_with_several_numbers counts them: keys, not people. A text that is no CPR-number is one of
-- them and has no key. A parameter that is NULL restricts nothing.
--
-- params
--   at_person_key  VARCHAR        personens nøgle; NULL alle | key of the person; NULL any
--   rows           BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   person_key   VARCHAR record                   Person (nøgle) | Person (key)
--   number_key   VARCHAR record                   Nummer (nøgle) | Number (key)
--   link_status  VARCHAR {link_status} attribute  Koblingsstatus | Link status
with suspects as (
    select
        person_key,
        number_key,
        numbers,
        link_status
    from carl2_persons
    where numbers > 1
),
known as (
    select person_key, number_key from suspects where number_key is not null
    union all
    select person_key, number_key from further_numbers
),
counted as (
    select s.person_key, s.numbers, s.link_status, list(k.number_key order by k.number_key) filter (where k.number_key is not null) as keys
    from suspects s
    left join known k on k.person_key = s.person_key
    group by s.person_key, s.numbers, s.link_status
),
listed as (
    select person_key, link_status, unnest(list_resize(coalesce(keys, []), numbers)) as number_key
    from counted
)
select
    format('{:016x}', person_key) as person_key,
    format('{:016x}', number_key) as number_key,
    link_status
from listed
where in_cell(format('{:016x}', person_key), $at_person_key)
order by listed.person_key, listed.number_key nulls last
limit $rows;
