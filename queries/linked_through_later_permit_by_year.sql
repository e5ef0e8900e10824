-- Hvor mange første tilladelser blev først koblet, da personen havde fået en senere tilladelse, pr. år?
-- How many first permits were linked only once the person had a later permit, by year?
--
-- Each person's first granted permit registration, at least 365 days old on the as-of day and linked by then. It counts as linked through a later
-- permit when the link came more than 365 days after the decision, on or after the day on which a further permit was granted to the person; a further
-- permit decided on the same day is no later one. Every other first permit linked with a date was linked by itself. Numbers coupled without a link date are
-- unknown. Permits that are not linked, malformed and replacement numbers, permits without a person row and permits without a readable decision
-- day are not counted. The year is that of the first permit; what is asked for restricts the first permits, not the later ones.
--
-- forklaring
--   Tallene omfatter hver persons første meddelte registrering om opholdstilladelse, når den er mindst 365 dage gammel på opgørelsesdatoen og er koblet
--   senest den dag. Den regnes som koblet gennem en senere tilladelse, når koblingen kom mere end 365 dage efter afgørelsen og på eller efter den dag,
--   hvor personen fik meddelt endnu en tilladelse; en tilladelse, der er afgjort samme dag som den første, er ikke senere. Alle andre første
--   tilladelser med en koblingsdato er koblet af sig selv. Uafklarede er tilladelser, hvor nummeret er koblet uden koblingsdato. Tilladelser, der ikke
--   er koblet, indgår ikke, og heller ikke dem, hvor nummeret er et erstatningspersonnummer eller ikke er et CPR-nummer, hvor personen ikke findes i
--   CARL2, eller som ikke har en læsbar afgørelsesdato. Året er den første tilladelses; en valgt afgrænsning gælder den første tilladelse og ikke de
--   senere.
--
-- params permits
-- columns
--   year               BIGINT                         År | Year
--   pass               BIGINT [permits]               koblet uden en senere tilladelse | linked without a later permit
--   fail               BIGINT [permits]               koblet gennem en senere tilladelse | linked through a later permit
--   unknown            BIGINT [permits]               koblet uden koblingsdato | linked without a link date
-- rows partition
-- measure later_permit_verdicts
-- note Tallene tæller hver persons første meddelte tilladelse af alle. | The figures count each person's first granted permit of all.
-- needs carl2_persons.cpr_linked_on
-- chart line, x year, y rate
select
    year,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from later_permit_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by year
order by year; -- survives: DuckDB groups whole numbers in order, and promises it nowhere
