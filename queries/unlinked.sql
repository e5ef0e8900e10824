-- Hvor mange tilladelser er uden koblet CPR-nummer?
-- How many permits have no CPR-number coupled?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
--
-- params permits
-- columns
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
select
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
order by pass, fail, unknown; -- survives: one row has no order, but every statement ends in one
