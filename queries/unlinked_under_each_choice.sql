-- Hvor meget afhænger andelen uden koblet CPR-nummer af, hvordan den opgøres?
-- How much does the rate without a coupled CPR-number depend on how it is measured?
--
-- The headline under each choice that a critic could make, all of the same scope: as measured, by the studies' measure; with all unknown counted as
-- linked, and as unlinked; strict, where CPR has to confirm the number; only permits for which a number is expected; only first permits; each person
-- once; and at equal age, of permits at least 365 days old those not linked within 365 days. A choice that the extracts cannot answer has no row.
--
-- forklaring
--   Andelen er opgjort på hver af de måder, som opgørelsen med rimelighed kan foretages på, med samme afgrænsning: som i undersøgelserne; med alle
--   uafklarede regnet som koblet og som ikke koblet; strengt, hvor CPR skal bekræfte nummeret; kun for tilladelser, hvor et nummer må forventes; kun
--   for hver persons første tilladelse; for hver person én gang; og ved samme alder, dvs. hvor stor en del af de mindst 365 dage gamle
--   tilladelser der ikke blev koblet inden for 365 dage. En opgørelse, som udtrækkene ikke giver grundlag for, har ingen række.
--
-- params permits
-- columns
--   choice             VARCHAR {choice}               Opgørelse | Choice
--   pass               BIGINT [permits]               koblet | linked
--   fail               BIGINT [permits]               ikke koblet | unlinked
--   unknown            BIGINT [permits]               uafklaret | unknown
--   links              BIGINT [permits]               koblet | linked
--   undated            BIGINT [permits]               koblet uden koblingsdato | linked without a link date
-- rows alternatives
-- without carl2_permits.lapsed_on: Udtrækket indeholder ikke carl2_permits.lapsed_on. Det kan ikke opgøres, hvor et nummer må forventes. | The extract does not have carl2_permits.lapsed_on: where a number is expected cannot be said.
-- without carl2_persons.entered_on: Udtrækket indeholder ikke carl2_persons.entered_on. Personer, der aldrig er indrejst, kan ikke udskilles, og der forventes derfor også et nummer for dem. | The extract does not have carl2_persons.entered_on: who never entered cannot be seen, so a number is expected there too.
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Der kan ikke opgøres ved samme alder, og har en person flere numre, er det største anvendt. | The extract does not have carl2_persons.cpr_linked_on: nothing can be said at equal age, and of a person with several numbers the greatest holds.
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CPR. | The extract does not have carl2_persons.birth_date: birth dates are not held against CPR's.
-- without carl2_persons.sex: Udtrækket indeholder ikke carl2_persons.sex. Oplysningerne om køn er ikke sammenholdt med CPR. | The extract does not have carl2_persons.sex: sexes are not held against CPR's.
-- without cpr_persons.birth_date: Udtrækket indeholder ikke cpr_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.birth_date: birth dates are not held against CARL2's.
-- without cpr_persons.sex: Udtrækket indeholder ikke cpr_persons.sex. Oplysningerne om køn er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.sex: sexes are not held against CARL2's.
-- without cpr_persons.status: Udtrækket indeholder ikke cpr_persons.status. Numrene kan ikke bekræftes i CPR. | The extract does not have cpr_persons.status: CPR cannot confirm the numbers.
-- chart dot, x choice, y rate

-- links and undated are those of the choice at equal age, of permits of all ages: whether too many links lack a date rests on them.
with as_asked as (
    select
        link_status,
        is_first,
        unexpected is null as is_expected,
        count(*) as n
    from permits_in_scope(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by link_status, is_first, is_expected
),
once as (
    select link_status, count(*) as n
    from permits_in_scope(
        $from_day, $to_day, $categories, $expected, $first_only, true, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by link_status
),
aged as (
    select
        verdict,
        count(*) as n,
        count(linked_on) as dated,
        count(case when not measured and standing = 'undated' then 1 end) as undated -- of few rows «standing» is asked
    from late_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group, 365
    )
    group by verdict
),
judged as (
    select 1 as place, 'as_measured' as choice, link_verdict(link_status) as verdict, n, 0 as links, 0 as undated from as_asked
    union all
    select 2, 'unknown_as_linked', case link_verdict(link_status) when 'fail' then 'fail' else 'pass' end, n, 0, 0 from as_asked
    union all
    select 3, 'unknown_as_unlinked', case link_verdict(link_status) when 'pass' then 'pass' else 'fail' end, n, 0, 0 from as_asked
    union all
    select 4, 'strict', strict_verdict(link_status), n, 0, 0 from as_asked where (select statuses from delivered)
    union all
    select 5, 'expected_only', link_verdict(link_status), n, 0, 0 from as_asked where is_expected and (select lapses from delivered)
    union all
    select 6, 'first_permits', link_verdict(link_status), n, 0, 0 from as_asked where is_first
    union all
    select 7, 'once_per_person', link_verdict(link_status), n, 0, 0 from once
    union all
    select 8, 'at_equal_age', verdict, n, dated + undated, undated from aged where (select link_dates from delivered)
)
select
    choice,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as pass,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as fail,
    coalesce(sum(n) filter (where verdict = 'unknown'), 0)::bigint as unknown,
    sum(links)::bigint as links,
    sum(undated)::bigint as undated
from judged
group by place, choice
having count(*) filter (where verdict <> 'young') > 0
order by place;
