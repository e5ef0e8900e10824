-- Hvor mange tilladelser er registreret på en person, der ikke findes i CARL2, pr. år?
-- How many permits have no person in CARL2, by year?
--
-- Granted permit registrations: CARL2 has a person row with the permit's person-id, or not. A permit that names no person is unknown. The year is
-- that of the decision; permits without a readable decision day stand under “Not stated”.
--
-- forklaring
--   Tallene omfatter meddelte registreringer om opholdstilladelse, enten med eller uden en person i CARL2 med tilladelsens person-id. En tilladelse
--   uden person-id er uafklaret. Året er afgørelsesåret. Tilladelser uden en læsbar afgørelsesdato står under »Uoplyst«.
--
-- params permits
-- columns
--   year               BIGINT                         År | Year
--   pass               BIGINT [permits]               person findes | has a person
--   fail               BIGINT [permits]               ingen person | no person
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure person_verdicts
-- chart line, x year, y rate
select
    year,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from person_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by year
order by year nulls last;
