-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. aldersgruppe?
-- How many permits have no CPR-number coupled, by age group?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The age is that in whole years on the day of the decision; it is unknown where either day is, and where the birth comes after the decision.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Alderen er personens alder i hele år på afgørelsesdatoen. Den er
--   uoplyst, når fødselsdatoen eller afgørelsesdatoen mangler, og når fødselsdatoen ligger efter afgørelsen.
--
-- params permits
-- columns
--   age_group          VARCHAR {age_group}            Alder ved afgørelsen | Age at the decision
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs carl2_persons.birth_date
-- chart bar, x age_group, y rate
select
    age_group,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by age_group
order by age_group = 'unknown', age_group; -- survives: DuckDB groups codes in their order, and promises it nowhere
