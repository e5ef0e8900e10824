-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. opholdsgrundlag?
-- How many permits have no CPR-number coupled, by legal basis?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and replacement numbers and
-- permits without a person row are unknown and stay out of the rate. The basis is shown as delivered, one row a spelling, whether or not the table of
-- legal bases knows it; an empty one stands under “Unknown”.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post
--   i CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Opholdsgrundlaget er vist, som det er leveret, med en række for hver
--   skrivemåde, hvad enten det findes i tabellen over opholdsgrundlag eller ej. Et tomt felt står under »Ukendt«.
--
-- params permits
-- columns
--   category           VARCHAR {category}             Kategori | Category
--   legal_basis        VARCHAR {legal_basis}          Opholdsgrundlag | Legal basis
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- note Der tildeles ikke administrative CPR-numre på erhvervs-, studie- og EU-området, og mange af disse tilladelser bliver aldrig udnyttet. Andelen uden koblet CPR-nummer må derfor forventes at være højere. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- needs carl2_permits.legal_basis
-- chart bar, x legal_basis, y rate
select
    category,
    legal_basis,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by category, legal_basis
order by category = 'unknown', category, legal_basis = 'unknown', legal_basis;
