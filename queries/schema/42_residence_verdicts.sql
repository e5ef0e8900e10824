-- The numbers of foreign citizens that CARL2 carries on a person with a granted permit. A number began administratively
-- when it still is administrative (status 20) or was registered before its holder immigrated; every other one is «apart».
-- It passes when its holder has immigrated by the as-of day or is resident, and fails while it still is administrative;
-- any other status without immigration is unknown.
create or replace temp view residence_verdicts as
select
    r.*,
    case
        when r.status is distinct from '20' and (r.registered_on < r.immigrated_on) is distinct from true then 'apart'
        when r.status = '20' then 'fail'
        when r.immigrated_on <= (select as_of from snapshot) or r.status in ('01', '03') then 'pass'
        else 'unknown'
    end as verdict
from foreign_records r
join numbers_with_basis b on b.number_key = r.number_key and b.carried = 'this';
