-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. statsborgerskab?
-- How many permits have no CPR-number coupled, by citizenship?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The citizenship is CARL2's: CPR's four digits, or as delivered, with the name unknown, where the list of countries does not hold it. The name
-- is the Danish one of the list.
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
--   citizenship        VARCHAR                        Statsborgerskab | Citizenship
--   citizenship_name   VARCHAR {country}              Land | Country
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uvist | unknown
-- measure unlinked_verdicts
-- needs carl2_persons.citizenship
-- chart bar, x citizenship_name, y rate
with counted as (
    select
        citizenship,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by citizenship
),
named as (
    select code, name_da as citizenship_name
    from code_countries
)
select
    c.citizenship,
    coalesce(n.citizenship_name, 'unknown') as citizenship_name,
    c.pass,
    c.fail,
    c.unknown
from counted c
left join named n on n.code = c.citizenship
order by c.citizenship = 'unknown', c.citizenship;
