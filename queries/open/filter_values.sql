-- Hvilke værdier kan der spørges til?
-- Which values can be asked for?
--
-- The codes that a filter can restrict by: those of the list, those that permits have, and unknown.
--
-- params
--   column_name  VARCHAR  municipality_code, citizenship eller person_group | municipality_code, citizenship or person_group
-- columns
--   code  VARCHAR  kode | code
select code
from listed_codes
where column_name = $column_name
    and code is not null
union
select
    case $column_name
        when 'municipality_code' then municipality_code
        when 'citizenship' then citizenship
        else person_group
    end
from granted_permits
union
select 'unknown'
order by code;
