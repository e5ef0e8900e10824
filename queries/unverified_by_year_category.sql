-- Hvor mange tilladelser er uden et koblet CPR-nummer, som CPR bekræfter, pr. år og kategori?
-- How many permits have no coupled CPR-number that CPR confirms, by year and category?
--
-- Granted permit registrations. The number is confirmed when CPR holds it as anybody's present number and birth date, sex, persons and person-id
-- agree. It fails when there is none, or the text is no CPR-number, or CPR does not hold it or has closed its record. Records in conflict and
-- permits without a person row are unknown.
-- The year is that of the decision; permits without a readable decision day stand in the rows with the empty year.
--
-- params permits
-- columns
--   year               BIGINT                         År | Year
--   category           VARCHAR {category}             Kategori | Category
--   pass               BIGINT [permits]               bekræftet | confirmed
--   fail               BIGINT [permits]               ikke bekræftet | unverified
--   unknown            BIGINT [permits]               uvist | unknown
-- rows partition
-- measure unverified_verdicts
-- needs one of carl2_permits.category, carl2_permits.person_group, carl2_permits.legal_basis
-- note Erhverv, studie og EU får ikke administrative CPR-numre, og mange af de tilladelser bliver aldrig brugt. De må ventes at have en højere andel uden koblet CPR-nummer. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- needs cpr_persons.status
-- without carl2_persons.cpr_linked_on: Udtrækket har ikke carl2_persons.cpr_linked_on: af en person med flere numre gælder det største. | The extract does not have carl2_persons.cpr_linked_on: of a person with several numbers the greatest holds.
-- without carl2_persons.birth_date: Udtrækket har ikke carl2_persons.birth_date: fødselsdatoer er ikke holdt op mod CPR's. | The extract does not have carl2_persons.birth_date: birth dates are not held against CPR's.
-- without carl2_persons.sex: Udtrækket har ikke carl2_persons.sex: køn er ikke holdt op mod CPR's. | The extract does not have carl2_persons.sex: sexes are not held against CPR's.
-- without cpr_persons.birth_date: Udtrækket har ikke cpr_persons.birth_date: fødselsdatoer er ikke holdt op mod CARL2's. | The extract does not have cpr_persons.birth_date: birth dates are not held against CARL2's.
-- without cpr_persons.sex: Udtrækket har ikke cpr_persons.sex: køn er ikke holdt op mod CARL2's. | The extract does not have cpr_persons.sex: sexes are not held against CARL2's.
-- chart line, x year, y rate, series category
select
    year,
    category,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unverified_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, category
order by year nulls last, category = 'unknown', category;
