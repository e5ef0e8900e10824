-- Hvor mange CPR-numre, der er tildelt administrativt, er uden bopæl efter 30, 90, 180 og 365 dage?
-- How many CPR-numbers that began administratively are without residence after 30, 90, 180 and 365 days?
--
-- The numbers that began administratively, as they are counted by year, that are so many days old by the as-of day, counted from their registration: the holder had immigrated by that day, it
-- included, or not. A resident without an immigration day, and a number that ended otherwise, is unknown. Numbers without a day of registration are not counted.
--
-- forklaring
--   Tallene omfatter de administrativt tildelte numre, der på opgørelsesdatoen er så mange dage gamle, regnet fra registreringen. Det er de samme
--   numre som i opgørelsen pr. år. Indehaveren fik bopæl, når vedkommende var indrejst senest den pågældende dag. En bosat uden indrejsedato er
--   uafklaret; det samme er et nummer, der er ophørt på anden måde. Numre uden registreringsdato indgår ikke.
--
-- columns
--   days               BIGINT                         Dage efter registreringen | Days after registration
--   pass               BIGINT [numbers]               fik bopæl | became resident
--   fail               BIGINT [numbers]               uden bopæl | without residence
--   unknown            BIGINT [numbers]               uafklaret | unknown
-- rows overlap
-- measure residence_delay_verdicts
-- needs cpr_persons.status
-- needs cpr_persons.citizenship
-- needs cpr_persons.registered_on
-- needs cpr_persons.immigrated_on
-- chart bar, x days, y rate
select
    days,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from residence_delay_verdicts
group by days
order by days;
