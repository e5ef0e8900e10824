-- The municipalities that were split between several in 2007: no code of today stands for one of them.
select code
from code_municipalities
where split
order by code;
