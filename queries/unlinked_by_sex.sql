-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. køn?
-- How many permits have no CPR-number coupled, by sex?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and replacement numbers and
-- permits without a person row are unknown and stay out of the rate. The sex is CARL2's; a code that is neither is shown as delivered, an empty one
-- stands under “Not stated”.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post
--   i CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Kønnet er det, som CARL2 oplyser. En kode, der hverken betyder mand
--   eller kvinde, er vist, som den er leveret. Et tomt felt står under »Uoplyst«.
--
-- params permits
-- columns
--   sex                VARCHAR {sex}                  Køn | Sex
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs carl2_persons.sex
-- chart bar, x sex, y rate
select
    sex,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by sex
order by sex = 'unknown', sex;
