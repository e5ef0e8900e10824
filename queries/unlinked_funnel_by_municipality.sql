-- Hvilke kommuner har flere eller færre tilladelser uden koblet CPR-nummer, end tilfældigheder kan forklare?
-- Which municipalities have more or fewer permits without a coupled CPR-number than chance accounts for?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The municipality is the one that CARL2 says the holder was allocated to, for linked and unlinked alike: taking CPR's for the linked would
-- bias the rate. A code that the list does not hold is shown as delivered, with the name unknown. Codes from before 2007 are not mapped
-- to new ones. Permits without a municipality count in the national rate and are held against no limits.
--
-- The funnel: limits at 95 and 99.8 per cent from the exact binomial distribution around the national rate, for as many permits as the
-- municipality has. The position is judged by the exact chance, so it may be inside where a drawn limit is passed by less than one permit.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Kommunen er den, som CARL2 angiver, at personen er visiteret til,
--   både for koblede og ikke koblede. Hvis de koblede blev fordelt efter kommunen i CPR, ville andelen blive skæv. En kode, der ikke findes på listen
--   over kommuner, er vist, som den er leveret, med uoplyst navn. Koder fra før 2007 er ikke omregnet til de nuværende kommuner. Tilladelser uden
--   kommune indgår i andelen for hele landet og sammenholdes ikke med grænser.
--
--   Tragtdiagrammet: Grænserne på 95 og 99,8 pct. følger af den eksakte binomialfordeling omkring andelen for hele landet, for så mange tilladelser
--   som kommunen har. Placeringen vurderes efter den eksakte sandsynlighed. Den kan derfor være inden for, selv om en tegnet grænse er overskredet med
--   mindre end én tilladelse.
--
-- params
--   from_day      DATE             første afgørelsesdato; NULL fra begyndelsen | first decision day; NULL from the beginning
--   to_day        DATE             sidste afgørelsesdato; NULL til slutningen | last decision day; NULL to the end
--   categories    VARCHAR[]        opholdskategorier; NULL alle | categories of residence; NULL all
--   expected      BOOLEAN = false  kun tilladelser, hvor et nummer må forventes | only permits for which a number is expected
--   first_only    BOOLEAN = false  kun hver persons første meddelte tilladelse | only each person's first granted permit
--   once_per_person  BOOLEAN = false  kun hver persons tidligste meddelte tilladelse inden for den valgte afgrænsning | only each person's earliest granted permit within the scope asked for
--   maturity      BIGINT = 0       dage, en tilladelse skal være gammel, før et nummer må forventes | days a permit must be old for a number to be expected
--   citizenship   VARCHAR          personens statsborgerskab, fire cifre; NULL alle | the person's citizenship, four digits; NULL all
--   person_group  VARCHAR          persongruppe; NULL alle | person group; NULL all
-- columns
--   municipality_code  VARCHAR                           Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality} attribute  Kommune | Municipality
--   pass               BIGINT [permits]                  koblet | linked
--   fail               BIGINT [permits]                  ikke koblet | unlinked
--   unknown            BIGINT [permits]                  uafklaret | unknown
-- result
--   municipality_code  VARCHAR                        Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality}         Kommune | Municipality
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   judged             BIGINT [permits]               i beregningen | of
--   unknown            BIGINT [permits]               uafklaret | unknown
--   rate               DOUBLE [share]                 andel | rate
--   national_rate       DOUBLE [share]                 hele landet | national
--   low_95             DOUBLE [share]                 nedre 95 pct.-grænse | lower 95 per cent limit
--   high_95            DOUBLE [share]                 øvre 95 pct.-grænse | upper 95 per cent limit
--   low_998            DOUBLE [share]                 nedre 99,8 pct.-grænse | lower 99.8 per cent limit
--   high_998           DOUBLE [share]                 øvre 99,8 pct.-grænse | upper 99.8 per cent limit
--   position           VARCHAR {position}             placering | position
-- rows partition
-- measure unlinked_verdicts
-- computed funnel
-- needs carl2_permits.municipality_code
-- chart funnel, x judged, y rate
with counted as (
    select
        municipality_code,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        null, $citizenship, $person_group
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
