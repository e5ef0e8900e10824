-- Hvor mange tilladelser er uden koblet CPR-nummer ved samme alder, pr. år?
-- How many permits have no CPR-number coupled at equal age, by year?
--
-- The run-off triangle: of the permits decided in a year, how many were linked 30, 90, 180, 365 and 730 days after the decision, the last day
-- included. There is a row only where the year's youngest permit is that old by the as-of day. Lapsed permits are kept. A link before the decision
-- counts as day 0. Permits that the late measure calls unknown are left out of “permits”: numbers coupled without a link date, malformed and
-- replacement numbers and permits without a person row. Permits without a readable decision day have no age and are not counted.
--
-- forklaring
--   Tallene viser, hvor mange af et års tilladelser der var koblet 30, 90, 180, 365 og 730 dage efter afgørelsen, den sidste dag medregnet. Der er
--   kun en række, hvor årets nyeste tilladelse er så gammel på opgørelsesdatoen. Bortfaldne tilladelser indgår fortsat. En kobling før afgørelsen
--   regnes som dag 0. Tilladelser, for hvilke det er uafklaret, om de er koblet i tide, indgår ikke i »tilladelser«: Nummeret er koblet uden
--   koblingsdato, er et erstatningspersonnummer eller ikke et CPR-nummer, eller personen findes ikke i CARL2. Tilladelser uden en læsbar
--   afgørelsesdato har ingen alder og indgår ikke.
--
-- params permits
-- columns
--   year          BIGINT               År | Year
--   age_days      BIGINT               Alder i dage | Age in days
--   eligible      BIGINT [permits]     tilladelser | permits
--   linked        BIGINT [permits]     koblet | linked
--   links         BIGINT [permits]     koblet på opgørelsesdatoen | linked by the as-of day
--   undated       BIGINT [permits]     koblet uden koblingsdato | linked without a link date
--   undecided     BIGINT [permits]     uafklaret | cannot be decided
-- result
--   year          BIGINT               År | Year
--   age_days      BIGINT               Alder i dage | Age in days
--   eligible      BIGINT [permits]     tilladelser | permits
--   linked        BIGINT [permits]     koblet | linked
--   unlinked_rate  DOUBLE [share]       andel ikke koblet | unlinked rate
-- rows overlap
-- measure link_delays
-- computed runoff
-- needs carl2_persons.cpr_linked_on
-- chart heat, x year, y unlinked_rate, series age_days

-- links are all numbers coupled by the as-of day, dated or not: whether too many lack a date rests on them, and undated and undecided are those
-- left out.
with cohorts as (
    select
        year,
        min(age_days) as youngest,
        count(*) filter (where measured) as eligible,
        count(*) filter (where standing in ('dated', 'undated')) as links,
        count(*) filter (where standing = 'undated') as undated,
        count(*) filter (where standing = 'undecided') as undecided,
        count(*) filter (where link_days <= 30) as linked_30,
        count(*) filter (where link_days <= 90) as linked_90,
        count(*) filter (where link_days <= 180) as linked_180,
        count(*) filter (where link_days <= 365) as linked_365,
        count(*) filter (where link_days <= 730) as linked_730
    from link_delays(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by year
),
ages as (
    select unnest([30, 90, 180, 365, 730]) as age_days
)
select
    c.year,
    a.age_days::bigint as age_days,
    c.eligible,
    case a.age_days
        when 30 then c.linked_30
        when 90 then c.linked_90
        when 180 then c.linked_180
        when 365 then c.linked_365
        else c.linked_730
    end as linked,
    c.links,
    c.undated,
    c.undecided
from cohorts c
join ages a on c.youngest >= a.age_days
order by c.year, a.age_days;
