-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. statsborgerskabsgruppe?
-- How many permits have no CPR-number coupled, by citizenship group?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- A citizenship belongs to the group that it was in on the day of the decision: the European groups are those of the membership then.
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
--   citizenship_group  VARCHAR {citizenship_group}    Statsborgerskabsgruppe | Citizenship group
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uvist | unknown
-- measure unlinked_verdicts
-- needs carl2_persons.citizenship
-- chart bar, x citizenship_group, y rate
select
    citizenship_group,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
group by citizenship_group
order by citizenship_group = 'unknown', citizenship_group; -- survives: DuckDB groups codes in their order, and promises it nowhere
