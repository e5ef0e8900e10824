-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. kommune og år?
-- How many permits have no CPR-number coupled, by municipality and year?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and replacement numbers and
-- permits without a person row are unknown and stay out of the rate. The municipality is the one that CARL2 says the holder was allocated to, for
-- linked and unlinked alike: taking CPR's for the linked would bias the rate. A code that the list does not hold is shown as delivered, with the name
-- unknown. Codes from before 2007 are not mapped to new ones. The year is that of the decision; permits without a readable decision day stand under
-- “Not stated”.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post
--   i CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Kommunen er den, som CARL2 angiver, at personen er visiteret til,
--   både for koblede og ikke koblede. Hvis de koblede blev fordelt efter kommunen i CPR, ville andelen blive skæv. En kode, der ikke findes på listen
--   over kommuner, er vist, som den er leveret, med uoplyst navn. Koder fra før 2007 er ikke omregnet til de nuværende kommuner. Året er
--   afgørelsesåret. Tilladelser uden en læsbar afgørelsesdato står under »Uoplyst«.
--
-- params permits
-- columns
--   municipality_code  VARCHAR                           Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality} attribute  Kommune | Municipality
--   year               BIGINT                            År | Year
--   pass               BIGINT [permits]                  koblet | linked
--   fail               BIGINT [permits]                  ikke koblet | unlinked
--   unknown            BIGINT [permits]                  uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs carl2_permits.municipality_code
-- chart heat, x municipality_code, y rate, series year
with counted as (
    select
        municipality_given,
        year,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by municipality_given, year
),
coded as (
    select
        coalesce(municipality_given, 'unknown') as municipality_code,
        year,
        sum(pass)::bigint as pass,
        sum(fail)::bigint as fail,
        sum(unknown)::bigint as unknown
    from counted
    group by coalesce(municipality_given, 'unknown'), year
),
named as (
    select code, name as municipality_name
    from code_municipalities
)
select
    c.municipality_code,
    coalesce(n.municipality_name, 'unknown') as municipality_name,
    c.year,
    c.pass,
    c.fail,
    c.unknown
from coded c
left join named n on n.code = c.municipality_code
order by c.municipality_code = 'unknown', c.municipality_code, c.year nulls last;
