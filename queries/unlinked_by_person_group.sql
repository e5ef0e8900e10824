-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. persongruppe?
-- How many permits have no CPR-number coupled, by person group?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- A group is the one delivered, else the only group of the legal basis, else unknown.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Gruppen er den leverede, ellers opholdsgrundlagets eneste gruppe,
--   ellers ukendt.
--
-- params permits
-- columns
--   category           VARCHAR {category}             Kategori | Category
--   person_group       VARCHAR {person_group}         Persongruppe | Person group
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs one of carl2_permits.person_group, carl2_permits.legal_basis
-- note Der tildeles ikke administrative CPR-numre på erhvervs-, studie- og EU-området, og mange af disse tilladelser bliver aldrig udnyttet. Andelen uden koblet CPR-nummer må derfor forventes at være højere. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- chart bar, x person_group, y rate
select
    category,
    person_group,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by category, person_group
order by category = 'unknown', category, person_group = 'unknown', person_group;
