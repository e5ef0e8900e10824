-- Hvor mange tilladelser mangler et koblet CPR-nummer, der er bekræftet i CPR, pr. år og kategori?
-- How many permits have no coupled CPR-number that CPR confirms, by year and category?
--
-- Granted permit registrations. The number is confirmed when CPR holds it as anybody's present number and birth date, sex, persons and person-id
-- agree. It fails when there is none, or the text is no CPR-number, or CPR does not hold it or has closed its record. Records in conflict and permits
-- without a person row are unknown. The year is that of the decision; permits without a readable decision day stand under “Not stated”.
--
-- forklaring
--   Tallene omfatter meddelte registreringer om opholdstilladelse. Nummeret er bekræftet, når CPR har det som en persons gældende nummer, og
--   fødselsdato, køn, personer og person-id stemmer overens. Det er ikke bekræftet, når der intet nummer er, når teksten ikke er et CPR-nummer eller
--   er et erstatningspersonnummer, når CPR ikke har nummeret, og når CPR har lukket posten. Registreringer med modstridende oplysninger, og
--   registreringer, hvis person ikke findes i CARL2, er uafklarede. Året er afgørelsesåret. Tilladelser uden en læsbar afgørelsesdato står under
--   »Uoplyst«.
--
-- params permits
-- columns
--   year               BIGINT                         År | Year
--   category           VARCHAR {category}             Kategori | Category
--   pass               BIGINT [permits]               bekræftet | confirmed
--   fail               BIGINT [permits]               ikke bekræftet | unverified
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unverified_verdicts
-- needs one of carl2_permits.category, carl2_permits.person_group, carl2_permits.legal_basis
-- note Der tildeles ikke administrative CPR-numre på erhvervs-, studie- og EU-området, og mange af disse tilladelser bliver aldrig udnyttet. Andelen uden koblet CPR-nummer må derfor forventes at være højere. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- needs cpr_persons.status
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Har en person flere numre, er det største anvendt. | The extract does not have carl2_persons.cpr_linked_on: of a person with several numbers the greatest holds.
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CPR. | The extract does not have carl2_persons.birth_date: birth dates are not held against CPR's.
-- without carl2_persons.sex: Udtrækket indeholder ikke carl2_persons.sex. Oplysningerne om køn er ikke sammenholdt med CPR. | The extract does not have carl2_persons.sex: sexes are not held against CPR's.
-- without cpr_persons.birth_date: Udtrækket indeholder ikke cpr_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.birth_date: birth dates are not held against CARL2's.
-- without cpr_persons.sex: Udtrækket indeholder ikke cpr_persons.sex. Oplysningerne om køn er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.sex: sexes are not held against CARL2's.
-- chart line, x year, y rate, series category
select
    year,
    category,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unverified_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, category
order by year nulls last, category = 'unknown', category;
