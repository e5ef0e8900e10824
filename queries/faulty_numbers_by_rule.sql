-- Hvor mange CPR-numre overholder ikke reglerne for et CPR-nummer, pr. register?
-- How many CPR-numbers break one of the rules of a CPR-number, by register?
--
-- CARL2's numbers, one a person, and CPR's, one a record, held against five rules in turn: ten digits that make a day, that is
-- not a replacement number's nor after the as-of day, and a weighted sum that leaves the remainder it should.
-- What breaks one rule cannot be tested by those after it. A number of somebody not yet born counts as well-formed: its digits make a day. A wrong remainder is a remark and no error: since 2007 numbers have been issued without a check digit, so far only for
-- births on a 1 January, for whom it is unknown.
--
-- forklaring
--   Numrene i CARL2, ét pr. person, og i CPR, ét pr. post, er sammenholdt med fem regler efter tur: Nummeret har ti cifre, cifrene udgør en dato,
--   nummeret er ikke et erstatningspersonnummer, datoen ligger ikke efter opgørelsesdatoen, og den vægtede sum af cifrene giver den rest, den skal. Et
--   nummer, der ikke overholder en regel, kan ikke kontrolleres efter de følgende. Nummeret på en person, der endnu ikke er født, regnes som gyldigt
--   opbygget, fordi cifrene udgør en dato. En forkert rest er en bemærkning og ikke en fejl: Siden 2007 er der udstedt numre uden kontrolciffer,
--   hidtil kun til personer født den 1. januar, og for dem kan den ikke kontrolleres.
--
-- columns
--   register           VARCHAR {register}             Register | Register
--   rule               VARCHAR {rule}                 Regel | Rule
--   pass               BIGINT [numbers]               i orden | sound
--   fail               BIGINT [numbers]               fejl | faulty
--   unknown            BIGINT [numbers]               kan ikke kontrolleres | cannot be tested
-- rows overlap
-- measure number_verdicts
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Har en person flere numre, er det største anvendt. | The extract does not have carl2_persons.cpr_linked_on: of a person with several numbers the greatest holds.
-- without cpr_persons: Der er ikke indlæst noget udtræk fra CPR. | No extract of CPR is loaded.
-- chart bar, x rule, y rate, series register
select
    register,
    rule,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as pass,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as fail,
    coalesce(sum(n) filter (where verdict = 'unknown'), 0)::bigint as unknown
from number_verdicts
group by register, rule
order by register, rule;
