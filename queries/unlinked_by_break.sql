-- Hvor mange tilladelser er uden koblet CPR-nummer på hver side af bruddene i lov og praksis?
-- How many permits have no CPR-number coupled on either side of the breaks of law and practice?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- Before a break are the permits decided since the break before it, since it those decided until the next one: a permit between two breaks
-- is counted on a side of both. Permits without a readable decision day are on no side.
--
-- params
--   from_day      DATE             first decision day; NULL from the beginning
--   to_day        DATE             last decision day; NULL to the end
--   categories    VARCHAR[]        categories of residence; NULL all
--   expected      BOOLEAN = false  only permits for which a number is expected
--   first_only    BOOLEAN = false  only each person's first granted permit
--   maturity      BIGINT = 0       days a permit must be old for a number to be expected
--   municipality  VARCHAR          code of the municipality of allocation; NULL all
--   citizenship   VARCHAR          the person's citizenship, four digits; NULL all
--   person_group  VARCHAR          person group; NULL all
-- columns
--   break_day          DATE                           Brud | Break
--   side               VARCHAR {side}                 Side af bruddet | Side of the break
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uvist | unknown
-- measure break_verdicts
-- chart bar, x break_day, y rate, series side
with by_day as (
    select
        decided_on,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by decided_on
)
select
    s.break_day,
    s.side,
    sum(d.pass)::bigint as pass,
    sum(d.fail)::bigint as fail,
    sum(d.unknown)::bigint as unknown
from by_day d
join break_sides s on on_side(d.decided_on, s.first_day, s.next_day)
group by s.break_day, s.side
order by s.break_day, s.side;
