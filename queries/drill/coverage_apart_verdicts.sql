-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each foreign resident of CPR whose basis is known or not, Nordic citizens apart, by the measure coverage_apart_verdicts: keys, not people. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_citizenship_group  VARCHAR        statsborgerskabsgruppe; NULL alle | citizenship group; NULL any
--   at_citizenship        VARCHAR        statsborgerskab, fire cifre; NULL alle | citizenship, four digits; NULL any
--   at_municipality_code  VARCHAR        bopælskommune ifølge CPR; NULL alle | municipality of residence, according to CPR; NULL any
--   at_western            VARCHAR        western, non_western, stateless eller unknown; NULL alle | western, non_western, stateless or unknown; NULL any
--   at_year               VARCHAR        første indvandringsår; NULL alle | year of the first immigration; NULL any
--   at_verdict            VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows                  BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key         VARCHAR record                         Nummer (nøgle) | Number (key)
--   status             VARCHAR {cpr_status} attribute         Status i CPR | Status in CPR
--   citizenship        VARCHAR attribute                      Statsborgerskab | Citizenship
--   citizenship_group  VARCHAR {citizenship_group} attribute  Statsborgerskabsgruppe | Citizenship group
--   municipality_code  VARCHAR attribute                      Kommunekode | Municipality code
--   verdict            VARCHAR attribute                      Bedømmelse | Verdict
-- measure coverage_apart_verdicts
select
    format('{:016x}', number_key) as number_key,
    status,
    citizenship,
    citizenship_group,
    municipality_code,
    verdict
from coverage_apart_verdicts
where verdict <> 'apart'
    and in_cell(citizenship_group, $at_citizenship_group)
    and in_cell(citizenship, $at_citizenship)
    and in_cell(municipality_code, $at_municipality_code)
    and in_cell(western, $at_western)
    and in_cell(immigration_year, $at_year)
    and in_cell(verdict, $at_verdict)
order by number_key
limit $rows;
