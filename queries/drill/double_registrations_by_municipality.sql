-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each number that CPR has deleted as a double one, with the number that it leads to: keys, not people. A parameter that is NULL restricts nothing, an
-- empty text is the empty key.
--
-- params
--   at_municipality_code  VARCHAR        det gældende nummers kommune; NULL alle | municipality of the number that holds; NULL any
--   rows                  BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key          VARCHAR record                  Nummer (nøgle) | Number (key)
--   status              VARCHAR {cpr_status} attribute  Status i CPR | Status in CPR
--   status_from         DATE attribute                  Fra | From
--   administrative      BOOLEAN attribute               Begyndt som administrativt nummer | Begun as an administrative number
--   current_number_key  VARCHAR attribute               Gældende nummer (nøgle) | Number in force (key)
select
    format('{:016x}', number_key) as number_key,
    status,
    status_from,
    administrative,
    format('{:016x}', leads_to) as current_number_key
from double_numbers
where in_cell(municipality_code, $at_municipality_code)
order by double_numbers.number_key
limit $rows;
