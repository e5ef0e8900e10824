-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. måned?
-- How many permits have no CPR-number coupled, by month?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The month is that of the decision; permits without a readable decision day stand in the row with the empty month.
--
-- params permits
-- columns
--   month              VARCHAR                        Måned | Month
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- chart line, x month, y rate
select
    month_of(month_number) as month,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
group by month_number
order by month_number nulls last;
