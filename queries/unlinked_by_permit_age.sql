-- Hvor mange tilladelser er uden koblet CPR-nummer, efter alder på opgørelsesdatoen?
-- How many permits have no CPR-number coupled, by their age on the as-of day?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and replacement numbers and
-- permits without a person row are unknown and stay out of the rate. The age is that of the youngest permits of the row, in days: 30 stands for 30 to
-- 89 days. Permits without a readable decision day have none and stand under “Not stated”. It is what can be said of age where the extract has no
-- link dates.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post
--   i CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Alderen er den, som de nyeste tilladelser i rækken har, i dage: 30
--   står for 30 til 89 dage. Tilladelser uden en læsbar afgørelsesdato har ingen alder og står under »Uoplyst«. Det er, hvad der kan siges om alder,
--   når udtrækket ikke har koblingsdatoer.
--
-- params permits
-- columns
--   age_from  BIGINT             Alder i dage, fra | Age in days, from
--   pass      BIGINT [permits]   koblet | linked
--   fail      BIGINT [permits]   ikke koblet | unlinked
--   unknown   BIGINT [permits]   uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- note Andelen efter alder afspejler både alder og årgang. De ældre tilladelser er givet efter andre regler, og en lavere eller højere andel for dem viser ikke, hvordan en årgang udvikler sig over tid. | The rate by age mixes age with cohort: the older permits are other permits, decided under other rules. That they are lower or higher does not say what happens as a cohort ages.
-- chart bar, x age_from, y rate
select
    age_from,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by age_from
order by age_from;
