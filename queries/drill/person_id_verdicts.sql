-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each number whose person-id in CPR leads to the right person or not, by the measure person_id_verdicts: keys, not people. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_municipality_code  VARCHAR        bopælskommune ifølge CPR; NULL alle | municipality of residence, according to CPR; NULL any
--   at_verdict            VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows                  BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key         VARCHAR record     Nummer (nøgle) | Number (key)
--   municipality_code  VARCHAR attribute  Kommunekode | Municipality code
--   verdict            VARCHAR attribute  Bedømmelse | Verdict
-- measure person_id_verdicts
select
    format('{:016x}', number_key) as number_key,
    municipality_code,
    verdict
from person_id_verdicts
where in_cell(municipality_code, $at_municipality_code)
    and in_cell(verdict, $at_verdict)
order by number_key
limit $rows;
