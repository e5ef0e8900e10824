-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. opholdsgrundlag?
-- How many permits have no CPR-number coupled, by legal basis?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The basis is shown as delivered, one row a spelling, whether or not the table of legal bases knows it; an empty one is unknown.
--
-- params permits
-- columns
--   category           VARCHAR {category}             Kategori | Category
--   legal_basis        VARCHAR {legal_basis}          Opholdsgrundlag | Legal basis
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uvist | unknown
-- rows partition
-- measure unlinked_verdicts
-- note Erhverv, studie og EU får ikke administrative CPR-numre, og mange af de tilladelser bliver aldrig brugt. De må ventes at have en højere andel uden koblet CPR-nummer. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- needs carl2_permits.legal_basis
-- chart bar, x legal_basis, y rate
select
    category,
    legal_basis,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
group by category, legal_basis
order by category = 'unknown', category, legal_basis = 'unknown', legal_basis;
