-- The current number of a CPR person, where its own record leaves it blank and a record of the replaced number names it. Of
-- several, the greatest.
update staged_cpr_persons
set current_cpr_number = r.current_cpr_number
from (
    select cpr_number, max(current_cpr_number) as current_cpr_number
    from replaced_numbers
    group by cpr_number
) r
where staged_cpr_persons.cpr_number = r.cpr_number
    and staged_cpr_persons.current_cpr_number is null;
