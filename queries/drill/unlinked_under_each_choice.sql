-- Hvilke tilladelser ligger bag cellen?
-- Which permits stand behind the cell?
--
-- Each permit registration under each choice that counts it, with its verdict there, as unlinked_under_each_choice counts them: keys, not people. A
-- parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params permits
--   at_choice     VARCHAR          opgørelsen; NULL alle | the choice; NULL any
--   at_verdict    VARCHAR          pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows          BIGINT = 1000    hvor mange der vises | how many are listed
-- columns
--   permit_key    VARCHAR record                    Tilladelse (nøgle) | Permit (key)
--   decided_on    DATE attribute                    Afgjort | Decided
--   category      VARCHAR {category} attribute      Kategori | Category
--   person_group  VARCHAR {person_group} attribute  Persongruppe | Person group
--   link_status   VARCHAR {link_status} attribute   Koblingsstatus | Link status
--   linked_on     DATE attribute                    Koblet | Linked
--   choice        VARCHAR {choice} attribute        Opgørelse | Choice
--   verdict       VARCHAR attribute                 Bedømmelse | Verdict
with permits as not materialized (
    select *
    from permits_in_scope(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
),
judged as (
    select permit_key, 'as_measured' as choice, link_verdict(link_status) as verdict from permits
    union all
    select permit_key, 'unknown_as_linked', case link_verdict(link_status) when 'fail' then 'fail' else 'pass' end from permits
    union all
    select permit_key, 'unknown_as_unlinked', case link_verdict(link_status) when 'pass' then 'pass' else 'fail' end from permits
    union all
    select permit_key, 'strict', strict_verdict(link_status) from permits where (select statuses from delivered)
    union all
    select permit_key, 'expected_only', link_verdict(link_status) from permits where unexpected is null and (select lapses from delivered)
    union all
    select permit_key, 'first_permits', link_verdict(link_status) from permits where is_first
    union all
    select permit_key, 'once_per_person', link_verdict(link_status)
    from permits_in_scope(
        $from_day, $to_day, $categories, $expected, $first_only, true, $maturity,
        $municipality, $citizenship, $person_group
    )
    union all
    select permit_key, 'at_equal_age', verdict
    from late_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group, 365
    )
    where verdict <> 'young' and (select link_dates from delivered)
)
select
    format('{:016x}', p.permit_key) as permit_key,
    p.decided_on,
    p.category,
    p.person_group,
    p.link_status,
    p.linked_on,
    j.choice,
    j.verdict
from judged j
join carl2_permits p on p.permit_key = j.permit_key
where in_cell(j.choice, $at_choice)
    and in_cell(j.verdict, $at_verdict)
order by p.decided_on nulls last, p.permit_key, j.choice
limit $rows;
