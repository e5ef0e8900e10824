-- The foreign citizens resident in Denmark whose number CARL2 has on a person with a granted permit. One passes when any of the permits is in
-- force on the as-of day, and fails when each has lapsed, been revoked or run out; where the extract says neither when permits lapsed nor
-- until when they are valid, nothing can be said. Nordic citizens, who need no permit, are «apart». docs/method.md §7.
create or replace temp view permit_in_force_verdicts as
select
    *,
    case
        when citizenship_group = 'nordic' then 'apart'
        when not (select endings from delivered) then 'unknown'
        when permit_in_force then 'pass'
        else 'fail'
    end as verdict
from foreign_records
where carried = 'this'
    and status in ('01', '03');
