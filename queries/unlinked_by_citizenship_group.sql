-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. statsborgerskabsgruppe?
-- How many permits have no CPR-number coupled, by citizenship group?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- A citizenship belongs to the group that it was in on the day of the decision: the European groups are those of the membership then.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Et statsborgerskab hører til den gruppe, som det var i på
--   afgørelsesdatoen: De europæiske grupper følger medlemskabet på det tidspunkt.
--
-- params permits
-- columns
--   citizenship_group  VARCHAR {citizenship_group}    Statsborgerskabsgruppe | Citizenship group
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs carl2_persons.citizenship
-- chart bar, x citizenship_group, y rate
select
    citizenship_group,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by citizenship_group
order by citizenship_group = 'unknown', citizenship_group; -- survives: DuckDB groups codes in their order, and promises it nowhere
