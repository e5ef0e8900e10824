-- Hvor mange tilladelser er uden en person i CARL2, pr. år?
-- How many permits have no person in CARL2, by year?
--
-- Granted permit registrations: CARL2 has a person row with the permit's person-id, or not. A permit that names no person is unknown.
-- The year is that of the decision; permits without a readable decision day stand in the row with the empty year.
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
--   year               BIGINT                         År | Year
--   pass               BIGINT [permits]               person findes | has a person
--   fail               BIGINT [permits]               ingen person | no person
--   unknown            BIGINT [permits]               uvist | unknown
-- measure person_verdicts
-- chart line, x year, y rate
select
    year,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from person_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
group by year
order by year nulls last;
