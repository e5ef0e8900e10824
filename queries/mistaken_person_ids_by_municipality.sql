-- Hvor mange poster i CPR har et forkert person-id, pr. kommune?
-- How many CPR records carry a mistaken person-id, by municipality?
--
-- CPR's records that name a person-id: CARL2's person of that id carries the record's number, as any of the person's, or it is a mistake: CARL2 has no such person, or
-- its person carries another number. A person who carries none is unknown. The municipality is CPR's, the present one.
--
-- forklaring
--   Tallene omfatter poster i CPR, der har et person-id. Enten har personen med dette person-id i CARL2 postens nummer, eventuelt som et af flere,
--   eller også er person-id'et forkert: CARL2 har ingen sådan person, eller personen har et andet nummer. Har personen intet nummer, er posten
--   uafklaret. Kommunen er den nuværende ifølge CPR.
--
-- columns
--   municipality_code  VARCHAR                           Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality} attribute  Kommune | Municipality
--   pass               BIGINT [numbers]                  korrekt person-id | right person
--   fail               BIGINT [numbers]                  forkert person-id | mistaken person-id
--   unknown            BIGINT [numbers]                  uafklaret | unknown
-- rows partition
-- measure person_id_verdicts
-- needs cpr_persons.person_id
-- needs cpr_persons.municipality_code
-- chart bar, x municipality_name, y rate
with counted as (
    select
        municipality_code,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from person_id_verdicts
    group by municipality_code
),
named as (
    select code, name as municipality_name
    from code_municipalities
)
select
    c.municipality_code,
    coalesce(n.municipality_name, 'unknown') as municipality_name,
    c.pass,
    c.fail,
    c.unknown
from counted c
left join named n on n.code = c.municipality_code
order by c.municipality_code = 'unknown', c.municipality_code;
