-- CPR's side: the foreign citizens resident in Denmark (status 01 and 03). One passes when CARL2 carries the number on a
-- person with a granted permit, lapsed or not; where CARL2 carries only an older number that leads to this one, nothing
-- is said of the basis, and where CPR's extract does not say what leads where, of every number that CARL2 does not carry. docs/method.md §7.
create or replace temp view coverage_verdicts as
select
    *,
    case
        when carried = 'this' then 'pass'
        when carried = 'older' or not (select chains from delivered) then 'unknown'
        else 'fail'
    end as verdict
from foreign_records
where status in ('01', '03');

-- Where coverage is not told apart by citizenship, Nordic citizens, who need no permit, are «apart».
create or replace temp view coverage_apart_verdicts as
select * replace (case when citizenship_group = 'nordic' then 'apart' else verdict end as verdict)
from coverage_verdicts;
