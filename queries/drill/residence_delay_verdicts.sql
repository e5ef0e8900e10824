-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each number that began administratively, so many days after it was registered, by the measure residence_delay_verdicts: keys, not people. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_days     VARCHAR        dage efter registreringen; NULL alle | days after the registration; NULL any
--   at_year     VARCHAR        året, hvor nummeret blev registreret; NULL alle | year in which the number was registered; NULL any
--   at_verdict  VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows        BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key     VARCHAR record                  Nummer (nøgle) | Number (key)
--   status         VARCHAR {cpr_status} attribute  Status i CPR | Status in CPR
--   registered_on  DATE attribute                  Registreret | Registered
--   immigrated_on  DATE attribute                  Indvandret | Immigrated
--   days           BIGINT attribute                Dage efter registreringen | Days after registration
--   verdict        VARCHAR attribute               Bedømmelse | Verdict
-- measure residence_delay_verdicts
select
    format('{:016x}', number_key) as number_key,
    status,
    registered_on,
    immigrated_on,
    days,
    verdict
from residence_delay_verdicts
where in_cell(days, $at_days)
    and in_cell(year, $at_year)
    and in_cell(verdict, $at_verdict)
order by number_key, days
limit $rows;
