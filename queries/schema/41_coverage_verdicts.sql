-- CPR's side: the foreign citizens resident in Denmark (status 01 and 03). One passes when CARL2 carries the number on a
-- person with a granted permit, lapsed or not; where CARL2 carries only an older number that leads to this one, nothing
-- is said of the basis.
create or replace temp view coverage_verdicts as
select
    *,
    case carried when 'this' then 'pass' when 'older' then 'unknown' else 'fail' end as verdict
from foreign_records
where status in ('01', '03');

-- Where coverage is not told apart by citizenship, Nordic citizens, who need no permit, are «apart».
create or replace temp view coverage_apart_verdicts as
select * replace (case when citizenship_group = 'nordic' then 'apart' else verdict end as verdict)
from coverage_verdicts;
