-- Hvor mange registreringer er tilbage efter hvert trin, fra alle registreringer til de ikke koblede?
-- How many registrations are left after each step, from all down to the unlinked?
--
-- “All registrations” are all loaded permit registrations and “Granted” the ones ever granted, whatever is asked for; the steps below count what is
-- in scope: the period and the categories asked for. Linked, unknown and unlinked as the unlinked measure counts them. The last two steps cannot be
-- counted where the extract does not say when permits lapsed.
--
-- forklaring
--   »Alle registreringer« er samtlige indlæste registreringer om opholdstilladelse, og »Meddelt« er dem, der på et tidspunkt er meddelt, uanset
--   hvilken afgrænsning der er valgt. De følgende trin omfatter kun den valgte periode og de valgte kategorier. Koblede, uafklarede og ikke koblede
--   er opgjort som i undersøgelserne. De to sidste trin kan ikke opgøres, når udtrækket ikke oplyser, hvornår tilladelser er bortfaldet.
--
-- params permits
-- columns
--   step        VARCHAR {step}                Trin | Step
--   n           BIGINT [permits]              registreringer | registrations
-- rows overlap
-- without carl2_permits.lapsed_on: Udtrækket indeholder ikke carl2_permits.lapsed_on. Det kan ikke opgøres, hvor et nummer må forventes. | The extract does not have carl2_permits.lapsed_on: where a number is expected cannot be said.
-- without carl2_persons.entered_on: Udtrækket indeholder ikke carl2_persons.entered_on. Personer, der aldrig er indrejst, kan ikke udskilles, og der forventes derfor også et nummer for dem. | The extract does not have carl2_persons.entered_on: who never entered cannot be seen, so a number is expected there too.
-- chart waterfall, x step, y n
with scoped as (
    select
        count(*) as in_scope,
        count(*) filter (where verdict = 'pass') as linked,
        count(*) filter (where verdict = 'unknown') as unknown,
        count(*) filter (where verdict = 'fail') as unlinked,
        count(*) filter (where verdict = 'fail' and unexpected is not null) as unlinked_not_expected,
        count(*) filter (where verdict = 'fail' and unexpected is null) as unlinked_expected
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
),
register as (
    select
        count(*) as total,
        count(*) filter (where granted) as granted
    from carl2_permits
),
steps as (
    select 1 as place, 'all' as step, total as n from register
    union all
    select 2, 'granted', granted from register
    union all
    select 3, 'in_scope', in_scope from scoped
    union all
    select 4, 'linked', linked from scoped
    union all
    select 5, 'unknown', unknown from scoped
    union all
    select 6, 'unlinked', unlinked from scoped
    union all
    select 7, 'unlinked_not_expected', case when lapses then unlinked_not_expected end from scoped cross join delivered
    union all
    select 8, 'unlinked_expected', case when lapses then unlinked_expected end from scoped cross join delivered
)
select step, n
from steps
order by place; -- survives: DuckDB keeps the order of a union, and promises it nowhere
