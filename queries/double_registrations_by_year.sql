-- Hvor mange CPR-numre er slettet som dobbeltnumre, pr. år?
-- How many CPR-numbers are deleted as double numbers, by year?
--
-- CPR's records with status 50: a person had two numbers, and this one was deleted. The year is that in which the status began; numbers without that
-- day, or with one after the as-of day, stand under “Not stated”.
--
-- forklaring
--   Tallene omfatter poster i CPR med status 50: Personen havde to numre, og det ene er slettet. Året er det, hvor denne status begyndte. Numre uden
--   en sådan dato, eller med en dato efter opgørelsesdatoen, står under »Uoplyst«.
--
-- columns
--   year  BIGINT             År | Year
--   n     BIGINT [numbers]   dobbeltnumre | double numbers
-- rows partition
-- needs cpr_persons.status
-- needs cpr_persons.status_from
-- chart bar, x year, y n
select
    year_by_as_of(status_from) as year,
    count(*) as n
from cpr_persons
where status = '50'
group by year
order by year nulls last;
