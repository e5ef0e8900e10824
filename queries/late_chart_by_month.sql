-- I hvilke måneder er usædvanligt mange eller få tilladelser ikke koblet i tide?
-- In which months were more or fewer permits than usual not linked in time?
--
-- Granted permit registrations at least so many days old: linked within them, both ends included, or not. A link before the decision counts as day 0.
-- Numbers coupled without a link date, malformed and replacement numbers and permits without a person row are unknown. A permit without a readable
-- decision day has no age and is not counted. A month is there when its youngest permit is so old.
--
-- The p-chart: the centre is the rate of the last 24 months together, the limits lie three standard errors from it for the month's own number
-- of permits. A month beyond the limits is a signal, and so is the eighth or later in a row on one side of the centre.
--
-- forklaring
--   Tallene omfatter meddelte registreringer om opholdstilladelse, der på opgørelsesdatoen er mindst så mange dage gamle, som koblingen må tage: 90
--   dage, medmindre andet er valgt. En tilladelse er koblet i tide, når den er koblet inden for disse dage, den første og den sidste medregnet. En
--   kobling før afgørelsen regnes som dag 0. Uafklarede er tilladelser, hvor nummeret er koblet uden koblingsdato, er et erstatningspersonnummer
--   eller ikke er et CPR-nummer, eller hvor personen ikke findes i CARL2. En tilladelse uden en læsbar afgørelsesdato har ingen alder og indgår ikke.
--   En måned er med, når dens nyeste tilladelse er så gammel.
--
--   Kontroldiagrammet: Midterlinjen er andelen for de seneste 24 måneder under ét, og grænserne ligger tre standardfejl fra den, beregnet på månedens
--   eget antal tilladelser. En måned uden for grænserne er et signal. Det samme er den ottende og de følgende måneder i træk på samme side af
--   midterlinjen.
--
-- params permits
--   days          BIGINT = 90      dage, inden for hvilke en tilladelse er koblet i tide | days within which a permit is linked in time
-- columns
--   month              VARCHAR                        Måned | Month
--   pass               BIGINT [permits]               koblet i tide | linked in time
--   fail               BIGINT [permits]               ikke koblet i tide | late
--   unknown            BIGINT [permits]               uafklaret | unknown
--   links              BIGINT [permits]               koblet | linked
--   undated            BIGINT [permits]               koblet uden koblingsdato | linked without a link date
-- result
--   month              VARCHAR                        Måned | Month
--   fail               BIGINT [permits]               ikke koblet i tide | late
--   judged             BIGINT [permits]               i beregningen | of
--   unknown            BIGINT [permits]               uafklaret | unknown
--   rate               DOUBLE [share]                 andel | rate
--   centre             DOUBLE [share]                 midterlinje | centre line
--   lower_limit        DOUBLE [share]                 nedre kontrolgrænse | lower control limit
--   upper_limit        DOUBLE [share]                 øvre kontrolgrænse | upper control limit
--   signal             VARCHAR {signal}               signal | signal
-- rows partition
-- measure late_verdicts
-- computed p_chart
-- needs carl2_persons.cpr_linked_on
-- chart control, x month, y rate

-- links and undated count all permits with a decision day, younger ones too: whether too many links lack a date rests on them.
select
    month_of(month_number) as month,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown,
    count(*) filter (where standing in ('dated', 'undated')) as links,
    count(*) filter (where standing = 'undated') as undated
from late_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group, $days
)
group by month_number
having count(*) filter (where verdict = 'young') = 0
order by month_number; -- survives: DuckDB groups whole numbers in order, and promises it nowhere
