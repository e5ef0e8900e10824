-- Hvor mange tilladelser blev ikke koblet i tide?
-- How many permits were not linked in time?
--
-- Granted permit registrations at least so many days old: linked within them, both ends included, or not. A link before the decision counts as day 0.
-- Numbers coupled without a link date, malformed and replacement numbers and permits without a person row are unknown. A permit without a readable
-- decision day has no age and is not counted.
--
-- forklaring
--   Tallene omfatter meddelte registreringer om opholdstilladelse, der på opgørelsesdatoen er mindst så mange dage gamle, som koblingen må tage: 365
--   dage, medmindre andet er valgt. En tilladelse er koblet i tide, når den er koblet inden for disse dage, den første og den sidste medregnet. En
--   kobling før afgørelsen regnes som dag 0. Uafklarede er tilladelser, hvor nummeret er koblet uden koblingsdato, er et erstatningspersonnummer
--   eller ikke er et CPR-nummer, eller hvor personen ikke findes i CARL2. En tilladelse uden en læsbar afgørelsesdato har ingen alder og indgår ikke.
--
-- params permits
--   days          BIGINT = 365     dage, inden for hvilke en tilladelse er koblet i tide | days within which a permit is linked in time
-- columns
--   pass               BIGINT [permits]               koblet i tide | linked in time
--   fail               BIGINT [permits]               ikke koblet i tide | late
--   unknown            BIGINT [permits]               uafklaret | unknown
--   links              BIGINT [permits]               koblet | linked
--   undated            BIGINT [permits]               koblet uden koblingsdato | linked without a link date
-- rows partition
-- measure late_verdicts
-- needs carl2_persons.cpr_linked_on

-- links and undated count all permits with a decision day, younger ones too: whether too many links lack a date rests on them.
select
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown,
    count(*) filter (where standing in ('dated', 'undated')) as links,
    count(*) filter (where standing = 'undated') as undated
from late_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group, $days
)
order by pass, fail, unknown; -- survives: one row has no order, but every statement ends in one
