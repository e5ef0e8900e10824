-- Hvor mange tilladelser har et koblet CPR-nummer, der ikke kan være personens, pr. regel?
-- How many permits have a CPR-number coupled that cannot be the person's, by rule?
--
-- Granted permit registrations whose coupled number CPR holds and has not closed (link status linked or conflicting records), held against six rules,
-- each where the extracts carry what it compares. Birth date and sex are the same in CARL2 and in CPR's record of the number. One person-id only
-- carries the number. CPR did not have the number's holder dead, disappeared or emigrated before the decision (status 90, 70 or 80). The number did not
-- begin after the day of the link, and the link is not older than the person, by CARL2's birth date. Where a day or a sex is missing, a rule cannot be
-- tested; a day of CPR after the as-of day is none. “At least one rule” counts the permits that break one or more, all others pass it: its share is a
-- lower bound, since a false link that breaks no rule is not seen.
--
-- forklaring
--   Tallene omfatter meddelte registreringer om opholdstilladelse, hvor det koblede nummer findes i CPR og ikke er afsluttet der (koblingsstatus koblet
--   eller modstridende oplysninger). De er sammenholdt med seks regler, hver især hvor udtrækkene har de oplysninger, som reglen bygger på. Fødselsdato
--   og køn er de samme i CARL2 og i nummerets post i CPR. Kun ét person-id har nummeret. Nummerets indehaver var ikke død, forsvundet eller udrejst
--   ifølge CPR før afgørelsen (status 90, 70 eller 80). Nummeret er ikke begyndt efter koblingsdatoen, og koblingen er ikke ældre end personen efter
--   fødselsdatoen i CARL2. Hvor en dato eller et køn mangler, kan en regel ikke kontrolleres; en dato i CPR efter opgørelsesdatoen regnes ikke for en
--   dato. »Mindst én regel« er de tilladelser, der bryder mindst én regel; alle andre regnes som i orden. Andelen er derfor et mindstetal, da en forkert
--   kobling, der ikke bryder nogen regel, ikke kan ses.
--
-- params permits
-- columns
--   rule               VARCHAR {impossible_link}      Regel | Rule
--   pass               BIGINT [permits]               i orden | sound
--   fail               BIGINT [permits]               kan ikke være rigtig | cannot be right
--   unknown            BIGINT [permits]               kan ikke kontrolleres | cannot be tested
-- rows overlap
-- least rule any
-- measure impossible_link_verdicts
-- note Mindst så mange koblinger, som bryder mindst én regel, er forkerte eller bygger på en forkert dato; hvor mange der er forkerte i alt, siger tallene ikke. | At least as many links as break a rule are false, or rest on a false day; how many are false in all the figures do not say.
-- note Et nummer, som CARL2 har fulgt over i et nyt uden at ændre koblingsdatoen, er begyndt efter den: Da er det datoen og ikke koblingen, der er forkert. | A number that CARL2 followed into a new one without changing the day of the link began after it: there the day is false, and not the link.
-- needs cpr_persons.status
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Fødselsdatoen er ikke sammenholdt med CPR eller med koblingsdatoen. | The extract does not have carl2_persons.birth_date: the birth date is held neither against CPR nor against the day of the link.
-- without carl2_persons.sex: Udtrækket indeholder ikke carl2_persons.sex. Kønnet er ikke sammenholdt med CPR. | The extract does not have carl2_persons.sex: the sex is not held against CPR.
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Det er ikke kontrolleret, om nummeret er begyndt efter koblingen, eller om personen var født. Har en person flere numre, er det største anvendt. | The extract does not have carl2_persons.cpr_linked_on: whether the number began after the link, or the person was born, is not tested. Of a person with several numbers the greatest holds.
-- without cpr_persons.birth_date: Udtrækket indeholder ikke cpr_persons.birth_date. Fødselsdatoen er ikke sammenholdt med CPR. | The extract does not have cpr_persons.birth_date: the birth date is not held against CPR.
-- without cpr_persons.sex: Udtrækket indeholder ikke cpr_persons.sex. Kønnet er ikke sammenholdt med CPR. | The extract does not have cpr_persons.sex: the sex is not held against CPR.
-- without cpr_persons.status_from: Udtrækket indeholder ikke cpr_persons.status_from. Det er ikke kontrolleret, om nummerets indehaver var død, forsvundet eller udrejst før afgørelsen. | The extract does not have cpr_persons.status_from: whether the number's holder was dead, disappeared or emigrated before the decision is not tested.
-- without cpr_persons.registered_on: Udtrækket indeholder ikke cpr_persons.registered_on. Det er ikke kontrolleret, om nummeret er begyndt efter koblingen. | The extract does not have cpr_persons.registered_on: whether the number began after the link is not tested.
-- chart bar, x rule, y rate
with alike as (
    select
        birth_date_at_odds,
        sex_at_odds,
        number_on_several_persons,
        gone_before_decision,
        number_begun_after_link,
        linked_before_birth,
        "any",
        count(*) as n
    from impossible_link_checks(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by
        birth_date_at_odds, sex_at_odds, number_on_several_persons, gone_before_decision, number_begun_after_link, linked_before_birth, "any"
),
judged as (
    select rule, broken_verdict(broken) as verdict, n
    from alike unpivot include nulls (
        broken for rule in (
            birth_date_at_odds, sex_at_odds, number_on_several_persons, gone_before_decision, number_begun_after_link, linked_before_birth, "any"
        )
    )
    semi join impossible_link_rules using (rule)
)
select
    rule,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as pass,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as fail,
    coalesce(sum(n) filter (where verdict = 'unknown'), 0)::bigint as unknown
from judged
group by rule
order by rule = 'any', rule;
