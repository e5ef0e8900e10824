-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each number that CARL2 carries and that began administratively, or did not, by the measure residence_verdicts: keys, not people. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_year               VARCHAR        året, hvor nummeret blev registreret; NULL alle | year in which the number was registered; NULL any
--   at_citizenship_group  VARCHAR        statsborgerskabsgruppe; NULL alle | citizenship group; NULL any
--   at_municipality_code  VARCHAR        bopælskommune ifølge CPR; NULL alle | municipality of residence, according to CPR; NULL any
--   at_verdict            VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows                  BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key     VARCHAR record                  Nummer (nøgle) | Number (key)
--   status         VARCHAR {cpr_status} attribute  Status i CPR | Status in CPR
--   registered_on  DATE attribute                  Registreret | Registered
--   immigrated_on  DATE attribute                  Indvandret | Immigrated
--   verdict        VARCHAR attribute               Bedømmelse | Verdict
-- measure residence_verdicts
select
    format('{:016x}', number_key) as number_key,
    status,
    registered_on,
    immigrated_on,
    verdict
from residence_verdicts
where verdict <> 'apart'
    and in_cell(year, $at_year)
    and in_cell(citizenship_group, $at_citizenship_group)
    and in_cell(municipality_code, $at_municipality_code)
    and in_cell(verdict, $at_verdict)
order by number_key
limit $rows;
