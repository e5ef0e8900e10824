-- Hvilke tilladelser ligger bag cellen?
-- Which permits stand behind the cell?
--
-- Each permit that time_to_link follows, with the days after the decision on which it was linked, lapsed or left the sight of the register: keys, not people.
-- A cell counts up to its day, so the list has what ended on that day or before; «at_risk» are those that ended on that day or later. Permits that cannot be measured
-- are followed nowhere and not listed. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params permits
--   at_category   VARCHAR          opholdskategori; NULL alle | category of residence; NULL any
--   at_days       VARCHAR          dage efter afgørelsen, den sidste medregnet; NULL alle | days after the decision, the last included; NULL any
--   at_counted    VARCHAR          at_risk, linked, lapsed eller censored; NULL alle | at_risk, linked, lapsed or censored; NULL any
--   rows          BIGINT = 1000    hvor mange der vises | how many are listed
-- columns
--   permit_key    VARCHAR record                    Tilladelse (nøgle) | Permit (key)
--   decided_on    DATE attribute                    Afgjort | Decided
--   category      VARCHAR {category} attribute      Kategori | Category
--   person_group  VARCHAR {person_group} attribute  Persongruppe | Person group
--   link_status   VARCHAR {link_status} attribute   Koblingsstatus | Link status
--   linked_on     DATE attribute                    Koblet | Linked
--   ended_after   BIGINT attribute                  Fulgt i dage | Followed for days
--   ended         VARCHAR {ended} attribute         Udgang | End
-- measure link_delays
with followed as (
    select
        *,
        least(link_days, lapse_days, age_days) as ended_after
    from link_delays(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    where measured
),
told as (
    select
        *,
        case
            when link_days = ended_after then 'linked'
            when lapse_days = ended_after then 'lapsed'
            else 'censored'
        end as ended
    from followed
)
select
    format('{:016x}', permit_key) as permit_key,
    decided_on,
    category,
    person_group,
    link_status,
    linked_on,
    ended_after::bigint as ended_after,
    ended
from told
where in_cell(category, $at_category)
    and ($at_counted is null or $at_counted = 'at_risk' or ended = $at_counted)
    and (
        $at_days is null
        or case when $at_counted = 'at_risk' then ended_after >= $at_days::bigint else ended_after <= $at_days::bigint end
    )
order by decided_on, permit_key
limit $rows;
