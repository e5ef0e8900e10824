-- Hvor mange CPR-numre, der er tildelt administrativt, er fortsat uden bopæl, pr. år?
-- How many CPR-numbers that began administratively are still without residence, by year?
--
-- Numbers of foreign citizens that CARL2 carries on a person with a granted permit and that began administratively: status 20, or
-- registered before the first immigration. One passes when its holder has immigrated by the as-of day or is resident (status 01 and 03), whatever came after,
-- and fails while the status still is 20; any other status without immigration is unknown. The year is that of the number's registration. All other
-- such numbers are counted apart.
--
-- forklaring
--   Tallene omfatter udenlandske statsborgeres CPR-numre, som CARL2 har på en person med en meddelt tilladelse, og som er tildelt administrativt:
--   Nummeret har status 20, eller det er registreret før den første indrejse. Indehaveren har fået bopæl, når vedkommende er indrejst senest på
--   opgørelsesdatoen eller er bosat (status 01 og 03), uanset hvad der siden er sket. Indehaveren er uden bopæl, så længe nummeret har status 20.
--   Enhver anden status uden indrejse er uafklaret. Året er det, hvor nummeret blev registreret. Alle øvrige numre, som CARL2 har på sådanne personer,
--   er opgjort særskilt.
--
-- columns
--   year               BIGINT                         År | Year
--   pass               BIGINT [numbers]               fik bopæl | became resident
--   fail               BIGINT [numbers]               fortsat administrativt | still administrative
--   unknown            BIGINT [numbers]               uafklaret | unknown
--   apart              BIGINT [numbers]               CPR-numre, der ikke er tildelt administrativt | CPR-numbers that did not begin administratively
-- rows partition
-- measure residence_verdicts
-- needs cpr_persons.status
-- needs cpr_persons.citizenship
-- needs cpr_persons.registered_on
-- needs cpr_persons.immigrated_on
-- chart line, x year, y rate
select
    year,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown,
    count(*) filter (where verdict = 'apart') as apart
from residence_verdicts
group by year
order by year nulls last;
