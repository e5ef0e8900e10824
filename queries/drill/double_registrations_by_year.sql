-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each number that CPR has deleted as a double one, with the number that it leads to: keys, not people. A parameter that is NULL restricts nothing, an
-- empty text is the empty key.
--
-- params
--   at_year  VARCHAR        året, hvor statussen begyndte; NULL alle | year in which the status began; NULL any
--   rows     BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   number_key          VARCHAR record                  Nummer (nøgle) | Number (key)
--   status              VARCHAR {cpr_status} attribute  Status i CPR | Status in CPR
--   status_from         DATE attribute                  Fra | From
--   current_number_key  VARCHAR attribute               Gældende nummer (nøgle) | Number in force (key)
select
    format('{:016x}', number_key) as number_key,
    status,
    status_from,
    format('{:016x}', current_number_key) as current_number_key
from cpr_persons
where status = '50'
    and in_cell(year_by_as_of(status_from), $at_year)
order by cpr_persons.number_key
limit $rows;
