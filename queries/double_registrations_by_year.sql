-- Hvor mange CPR-numre er slettet som dobbeltnumre, pr. år?
-- How many CPR-numbers are deleted as double numbers, by year?
--
-- CPR's records with status 50: a person had two numbers, and this one was deleted. The year is that in which the status began; numbers
-- without that day, or with one after the as-of day, stand in the row with the empty year.
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
