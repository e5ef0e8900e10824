-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. kommune?
-- How many permits have no CPR-number coupled, by municipality?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The municipality is the one that CARL2 says the holder was allocated to, for linked and unlinked alike: taking CPR's for the linked would
-- bias the rate. A code that the list does not hold is shown as delivered, with the name unknown. Codes from before 2007 are not mapped
-- to new ones.
--
-- params
--   from_day      DATE             first decision day; NULL from the beginning
--   to_day        DATE             last decision day; NULL to the end
--   categories    VARCHAR[]        categories of residence; NULL all
--   expected      BOOLEAN = false  only permits for which a number is expected
--   first_only    BOOLEAN = false  only each person's first granted permit
--   maturity      BIGINT = 0       days a permit must be old for a number to be expected
--   municipality  VARCHAR          code of the municipality of allocation; NULL all
--   citizenship   VARCHAR          the person's citizenship, four digits; NULL all
--   person_group  VARCHAR          person group; NULL all
-- columns
--   municipality_code  VARCHAR                        Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality}         Kommune | Municipality
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uvist | unknown
-- measure unlinked_verdicts
-- needs carl2_permits.municipality_code
-- chart bar, x municipality_name, y rate
with counted as (
    select
        municipality_code,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $maturity,
        $municipality, $citizenship, $person_group
    )
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
