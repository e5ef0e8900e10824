-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. kommune?
-- How many permits have no CPR-number coupled, by municipality?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The municipality is the one that CARL2 says the holder was allocated to, for linked and unlinked alike: taking CPR's for the linked would
-- bias the rate. A code that the list does not hold is shown as delivered, with the name unknown. Codes from before 2007 are not mapped
-- to new ones.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Kommunen er den, som CARL2 angiver, at personen er visiteret til,
--   både for koblede og ikke koblede. Hvis de koblede blev fordelt efter kommunen i CPR, ville andelen blive skæv. En kode, der ikke findes på listen
--   over kommuner, er vist, som den er leveret, med uoplyst navn. Koder fra før 2007 er ikke omregnet til de nuværende kommuner.
--
-- params permits
-- columns
--   municipality_code  VARCHAR                           Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality} attribute  Kommune | Municipality
--   pass               BIGINT [permits]                  koblet | linked
--   fail               BIGINT [permits]                  ikke koblet | unlinked
--   unknown            BIGINT [permits]                  uafklaret | unknown
-- rows partition
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
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
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
