-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. år og kategori?
-- How many permits have no CPR-number coupled, by year and category?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and replacement numbers and
-- permits without a person row are unknown and stay out of the rate. The year is that of the decision; permits without a readable decision day stand
-- under “Not stated”.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post
--   i CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Året er afgørelsesåret. Tilladelser uden en læsbar afgørelsesdato
--   står under »Uoplyst«.
--
-- params permits
-- columns
--   year               BIGINT                         År | Year
--   category           VARCHAR {category}             Kategori | Category
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs one of carl2_permits.category, carl2_permits.person_group, carl2_permits.legal_basis
-- note Der tildeles ikke administrative CPR-numre på erhvervs-, studie- og EU-området, og mange af disse tilladelser bliver aldrig udnyttet. Andelen uden koblet CPR-nummer må derfor forventes at være højere. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- chart line, x year, y rate, series category
select
    year,
    category,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, category
order by year nulls last, category = 'unknown', category;
