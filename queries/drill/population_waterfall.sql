-- Hvilke tilladelser ligger bag cellen?
-- Which permits stand behind the cell?
--
-- Each permit registration at each step that it is counted in, as population_waterfall counts it: keys, not people. The first two steps take all that is loaded,
-- whatever is asked for. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params permits
--   at_step       VARCHAR          trinnet; NULL alle | the step; NULL any
--   rows          BIGINT = 1000    hvor mange der vises | how many are listed
-- columns
--   permit_key    VARCHAR record                    Tilladelse (nøgle) | Permit (key)
--   decided_on    DATE attribute                    Afgjort | Decided
--   category      VARCHAR {category} attribute      Kategori | Category
--   person_group  VARCHAR {person_group} attribute  Persongruppe | Person group
--   link_status   VARCHAR {link_status} attribute   Koblingsstatus | Link status
--   linked_on     DATE attribute                    Koblet | Linked
--   step          VARCHAR {step} attribute          Trin | Step
with judged as (
    select
        permit_key,
        verdict,
        unexpected
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
),
steps as (
    select permit_key, 'all' as step from carl2_permits
    union all
    select permit_key, 'granted' from carl2_permits where granted
    union all
    select permit_key, 'in_scope' from judged
    union all
    select permit_key, case verdict when 'pass' then 'linked' when 'fail' then 'unlinked' else 'unknown' end from judged
    union all
    select permit_key, case when unexpected is null then 'unlinked_expected' else 'unlinked_not_expected' end
    from judged
    where verdict = 'fail'
)
select
    format('{:016x}', p.permit_key) as permit_key,
    p.decided_on,
    p.category,
    p.person_group,
    p.link_status,
    p.linked_on,
    s.step
from steps s
join carl2_permits p on p.permit_key = s.permit_key
where in_cell(s.step, $at_step)
order by p.decided_on nulls last, p.permit_key, s.step
limit $rows;
