-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each foreign resident of CPR whose permit is in force or not, by the measure permit_in_force_verdicts: keys, not people. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_category  VARCHAR        den seneste meddelte tilladelses kategori; NULL alle | category of the latest granted permit; NULL any
--   at_verdict   VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows         BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key         VARCHAR record                         Nummer (nøgle) | Number (key)
--   status             VARCHAR {cpr_status} attribute         Status i CPR | Status in CPR
--   citizenship        VARCHAR attribute                      Statsborgerskab | Citizenship
--   citizenship_group  VARCHAR {citizenship_group} attribute  Statsborgerskabsgruppe | Citizenship group
--   category           VARCHAR {category} attribute           Kategori | Category
--   verdict            VARCHAR attribute                      Bedømmelse | Verdict
-- measure permit_in_force_verdicts
select
    format('{:016x}', number_key) as number_key,
    status,
    citizenship,
    citizenship_group,
    category,
    verdict
from permit_in_force_verdicts
where verdict <> 'apart'
    and in_cell(category, $at_category)
    and in_cell(verdict, $at_verdict)
order by number_key
limit $rows;
