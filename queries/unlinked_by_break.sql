-- Hvor mange tilladelser er uden koblet CPR-nummer før og efter ændringer i lov og praksis?
-- How many permits have no CPR-number coupled on either side of the breaks of law and practice?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- Before a break are the permits decided since the break before it, since it those decided until the next one: a permit between two breaks
-- is counted on a side of both. Permits without a readable decision day are on no side.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Før et databrud står de tilladelser, der er afgjort siden det
--   foregående databrud, og fra databruddet dem, der er afgjort inden det næste. En tilladelse mellem to databrud tæller derfor med ved dem begge.
--   Tilladelser uden en læsbar afgørelsesdato står ikke på nogen af siderne.
--
-- params permits
-- columns
--   break_day          DATE {break}                   Databrud | Break
--   side               VARCHAR {side}                 Før eller efter | Side of the break
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
-- rows overlap
-- measure break_verdicts
-- chart bar, x break_day, y rate, series side
with by_day as (
    select
        decided_on,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
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
