-- Hvilke tilladelser ligger bag cellen?
-- Which permits stand behind the cell?
--
-- Each permit of a year at each age that the whole year has reached, as runoff_by_year counts it: keys, not people. It passes when it was linked by that age and
-- fails when not: together these are the eligible ones. What cannot be measured, undated or undecided, is unknown. A parameter that is NULL restricts
-- nothing, an empty text is the empty key.
--
-- params permits
--   at_year       VARCHAR          afgørelsesår; NULL alle | year of the decision; NULL any
--   at_age_days   VARCHAR          dage efter afgørelsen; NULL alle | days after the decision; NULL any
--   at_verdict    VARCHAR          pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows          BIGINT = 1000    hvor mange der vises | how many are listed
-- columns
--   permit_key    VARCHAR record                    Tilladelse (nøgle) | Permit (key)
--   decided_on    DATE attribute                    Afgjort | Decided
--   category      VARCHAR {category} attribute      Kategori | Category
--   person_group  VARCHAR {person_group} attribute  Persongruppe | Person group
--   link_status   VARCHAR {link_status} attribute   Koblingsstatus | Link status
--   linked_on     DATE attribute                    Koblet | Linked
--   age_days      BIGINT attribute                  Alder i dage | Age in days
--   verdict       VARCHAR attribute                 Bedømmelse | Verdict
-- measure link_delays
with cohorts as (
    select
        *,
        min(age_days) over (partition by year) as youngest
    from link_delays(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
),
judged as (
    select
        c.* exclude (age_days),
        a.days::bigint as age_days,
        case
            when c.link_days <= a.days then 'pass'
            when c.measured then 'fail'
            else 'unknown'
        end as verdict
    from cohorts c
    join (values (30), (90), (180), (365), (730)) a(days) on c.youngest >= a.days
)
select
    format('{:016x}', permit_key) as permit_key,
    decided_on,
    category,
    person_group,
    link_status,
    linked_on,
    age_days,
    verdict
from judged
where in_cell(year, $at_year)
    and in_cell(age_days, $at_age_days)
    and in_cell(verdict, $at_verdict)
order by decided_on, permit_key, age_days
limit $rows;
