-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. måned?
-- How many permits have no CPR-number coupled, by month?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and replacement numbers and
-- permits without a person row are unknown and stay out of the rate. The month is that of the decision; permits without a readable decision day stand
-- under “Not stated”.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post
--   i CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Måneden er afgørelsens. Tilladelser uden en læsbar afgørelsesdato
--   står under »Uoplyst«.
--
-- params permits
-- columns
--   month              VARCHAR                        Måned | Month
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- chart line, x month, y rate
select
    month_of(month_number) as month,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by month_number
order by month_number nulls last;
