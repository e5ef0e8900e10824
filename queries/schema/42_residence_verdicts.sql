-- The numbers of foreign citizens that CARL2 carries on a person with a granted permit. A number began administratively
-- when it still is administrative (status 20) or was registered before its holder immigrated; every other one is «apart».
-- It passes when its holder has immigrated by the as-of day or is resident, and fails while it still is administrative;
-- any other status without immigration is unknown. docs/method.md §7.
create or replace temp view residence_verdicts as
select
    *,
    case
        when status is distinct from '20' and (registered_on < immigrated_on) is distinct from true then 'apart'
        when status = '20' then 'fail'
        when immigrated_on <= (select as_of from snapshot) or status in ('01', '03') then 'pass'
        else 'unknown'
    end as verdict
from foreign_records
where carried = 'this';
