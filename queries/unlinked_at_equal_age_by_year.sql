-- Hvor mange tilladelser var ikke koblet ved samme alder, sammenholdt med den ukorrigerede andel, pr. år?
-- How many permits were not linked at equal age, beside the raw rate, by year?
--
-- Equal age: of the permits at least so many days old, 365 unless asked, those that were not linked within them, as the late measure counts. Beside
-- it the studies' own measure, which counts every permit whatever its age: not coupled by the as-of day. “Too young” are the year's permits that are
-- younger, or have no readable decision day.
--
-- forklaring
--   Ved samme alder omfatter tallene de tilladelser, der på opgørelsesdatoen er mindst så mange dage gamle, som koblingen må tage (365 dage,
--   medmindre andet er valgt), og viser, hvor mange af dem der ikke blev koblet inden for disse dage. Hvad der er uafklaret, følger opgørelsen af,
--   hvad der er koblet i tide. Ved siden af står undersøgelsernes eget mål, den ukorrigerede andel, der omfatter alle tilladelser uanset alder: dem,
--   der ikke er koblet på opgørelsesdatoen. »For ny« er de af årets tilladelser, der er nyere eller ikke har en læsbar afgørelsesdato.
--
-- params permits
--   days          BIGINT = 365     dage, inden for hvilke en tilladelse er koblet i tide | days within which a permit is linked in time
-- columns
--   year         BIGINT               År | Year
--   pass         BIGINT [permits]     koblet i tide | linked in time
--   fail         BIGINT [permits]     ikke koblet i tide | late
--   unknown      BIGINT [permits]     uafklaret | unknown
--   left_out     BIGINT [permits]     for ny | too young
--   links        BIGINT [permits]     koblet | linked
--   undated      BIGINT [permits]     koblet uden koblingsdato | linked without a link date
--   raw_pass     BIGINT [permits]     koblet | linked
--   raw_fail     BIGINT [permits]     ikke koblet | unlinked
--   raw_unknown  BIGINT [permits]     uafklaret | unknown
-- result
--   year           BIGINT               År | Year
--   fail           BIGINT [permits]     ikke koblet i tide | late
--   judged         BIGINT [permits]     i beregningen | of
--   unknown        BIGINT [permits]     uafklaret | unknown
--   left_out       BIGINT [permits]     for ny | too young
--   rate           DOUBLE [share]       andel ved samme alder | rate at equal age
--   rate_low       DOUBLE [share]       nedre grænse, 95 pct.-interval | lower bound, 95 per cent interval
--   rate_high      DOUBLE [share]       øvre grænse, 95 pct.-interval | upper bound, 95 per cent interval
--   raw_fail       BIGINT [permits]     ukorrigeret: ikke koblet | raw: unlinked
--   raw_judged     BIGINT [permits]     ukorrigeret: i beregningen | raw: of
--   raw_unknown    BIGINT [permits]     ukorrigeret: uafklaret | raw: unknown
--   raw_rate       DOUBLE [share]       ukorrigeret andel | raw rate
--   raw_rate_low   DOUBLE [share]       ukorrigeret: nedre grænse, 95 pct.-interval | raw: lower bound, 95 per cent interval
--   raw_rate_high  DOUBLE [share]       ukorrigeret: øvre grænse, 95 pct.-interval | raw: upper bound, 95 per cent interval
-- rows partition
-- measure late_verdicts
-- computed equal_age
-- needs carl2_persons.cpr_linked_on
-- chart line, x year, y rate and raw_rate

-- links and undated are of all the year's permits, younger ones too: whether too many links lack a date rests on them.
with counted as (
    select year, verdict, link_status, linked_on is not null as dated, count(*) as n
    from late_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group, $days
    )
    group by year, verdict, link_status, dated
    union all
    select null, 'young', link_status, null, count(*) -- without a decision day there is no age
    from permits_in_scope(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    where decided_on is null
    group by link_status
),
judged as (
    select *, link_verdict(link_status) as raw
    from counted
)
select
    year,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as pass,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as fail,
    coalesce(sum(n) filter (where verdict = 'unknown'), 0)::bigint as unknown,
    coalesce(sum(n) filter (where verdict = 'young'), 0)::bigint as left_out,
    coalesce(sum(n) filter (where raw = 'pass' and dated is not null), 0)::bigint as links,
    coalesce(sum(n) filter (where raw = 'pass' and not dated), 0)::bigint as undated,
    coalesce(sum(n) filter (where raw = 'pass'), 0)::bigint as raw_pass,
    coalesce(sum(n) filter (where raw = 'fail'), 0)::bigint as raw_fail,
    coalesce(sum(n) filter (where raw = 'unknown'), 0)::bigint as raw_unknown
from judged
group by year
order by year; -- survives: DuckDB groups whole numbers in order, and promises it nowhere
