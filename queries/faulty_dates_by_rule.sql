-- Hvor mange tilladelser har datoer, der ikke kan være rigtige, pr. regel?
-- How many permits have dates that cannot be right, by rule?
--
-- Granted permit registrations, held against six rules, each where the extracts carry its days: the decision is not after the as-of day
-- (such a permit has no decision day and is out when a period is asked for), a person's first granted permit is not decided after the number was
-- coupled (no other permit is judged), the permit does not end before it begins, and the person was born
-- by the day of the decision. A decision day is given and can be read, and no day, birth year or day of the link
-- lies before the first plausible one of its column (an assumption of the code lists). Where a day is missing nothing else can be said.
--
-- forklaring
--   Meddelte registreringer om opholdstilladelse er sammenholdt med seks regler, hver især hvor udtrækkene har de datoer, som reglen bygger på.
--   Afgørelsen ligger ikke efter opgørelsesdatoen; en tilladelse, hvor den gør det, har ingen afgørelsesdato og udgår, når der er valgt en periode. En
--   persons første meddelte tilladelse er ikke afgjort, efter at nummeret blev koblet; andre tilladelser vurderes ikke efter den regel. Tilladelsen
--   ophører ikke, før den begynder. Personen var født senest på afgørelsesdatoen. Afgørelsesdatoen er oplyst og kan læses. Ingen dato, heller ikke
--   fødselsåret og koblingsdatoen, ligger før den tidligst mulige i sit felt, som er en antagelse i kodelisterne. Hvor en dato mangler, kan en regel
--   ellers ikke kontrolleres.
--
-- params permits
-- columns
--   rule               VARCHAR {rule}                 Regel | Rule
--   pass               BIGINT [permits]               i orden | sound
--   fail               BIGINT [permits]               fejl | faulty
--   unknown            BIGINT [permits]               kan ikke kontrolleres | cannot be tested
-- rows overlap
-- measure date_verdicts
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Det er ikke kontrolleret, om afgørelsen er truffet efter koblingen. | The extract does not have carl2_persons.cpr_linked_on: whether a permit was decided after the link is not tested.
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Det er ikke kontrolleret, om personen var født på afgørelsesdatoen. | The extract does not have carl2_persons.birth_date: whether a person was born by the decision is not tested.
-- without carl2_permits.valid_from: Udtrækket indeholder ikke carl2_permits.valid_from. Det er ikke kontrolleret, om tilladelsen ophører, før den begynder. | The extract does not have carl2_permits.valid_from: the order of the validity is not tested.
-- without carl2_permits.valid_to: Udtrækket indeholder ikke carl2_permits.valid_to. Det er ikke kontrolleret, om tilladelsen ophører, før den begynder. | The extract does not have carl2_permits.valid_to: the order of the validity is not tested.
-- without carl2_permits.lapsed_on: Udtrækket indeholder ikke carl2_permits.lapsed_on. Det er ikke kontrolleret, om bortfaldsdatoerne er sandsynlige. | The extract does not have carl2_permits.lapsed_on: whether lapse days are plausible is not tested.
-- chart bar, x rule, y rate
with alike as (
    select
        decided_by_as_of,
        linked_after_decision,
        valid_in_order,
        born_before_decision,
        decision_day_given,
        days_plausible,
        count(*) as n
    from date_checks(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by decided_by_as_of, linked_after_decision, valid_in_order, born_before_decision, decision_day_given, days_plausible
),
judged as (
    select rule, verdict, n -- survives: DuckDB reads a bare «from» as everything
    from alike unpivot (verdict for rule in (decided_by_as_of, linked_after_decision, valid_in_order, born_before_decision, decision_day_given, days_plausible))
    semi join date_rules using (rule)
)
select
    rule,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as pass,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as fail,
    coalesce(sum(n) filter (where verdict = 'unknown'), 0)::bigint as unknown
from judged
group by rule
order by rule;
