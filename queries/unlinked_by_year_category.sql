-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. år og kategori?
-- How many permits have no CPR-number coupled, by year and category?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The year is that of the decision; permits without a readable decision day stand in the rows with the empty year.
--
-- params permits
-- columns
--   year               BIGINT                         År | Year
--   category           VARCHAR {category}             Kategori | Category
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uvist | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs one of carl2_permits.category, carl2_permits.person_group, carl2_permits.legal_basis
-- note Erhverv, studie og EU får ikke administrative CPR-numre, og mange af de tilladelser bliver aldrig brugt. De må ventes at have en højere andel uden koblet CPR-nummer. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- chart line, x year, y rate, series category
select
    year,
    category,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, category
order by year nulls last, category = 'unknown', category;
