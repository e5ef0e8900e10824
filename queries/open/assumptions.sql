-- The numbers that no source gives, as they stood at loading, each with its value.
select name, value
from code_assumptions
order by name;
