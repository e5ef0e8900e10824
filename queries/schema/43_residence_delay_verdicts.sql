-- The numbers that began administratively, 30, 90, 180 and 365 days after they were registered, where they are that old
-- by the as-of day: one passes when its holder immigrated within those days, the last included, and fails when not, or while
-- it still is administrative. Of a resident without an immigration day nothing is known, nor of a number that ended
-- otherwise. A number without a day of registration has no age and is left out. docs/method.md §7.
create or replace temp view residence_delay_verdicts as
select
    v.* exclude (verdict), -- survives: for drill-down
    d.days::bigint as days,
    case
        when v.status = '20' then 'fail'
        when v.immigrated_on - v.registered_on <= d.days then 'pass'
        when v.immigrated_on <= (select as_of from snapshot) then 'fail'
        else 'unknown'
    end as verdict
from residence_verdicts v
join (values (30), (90), (180), (365)) d(days) on (select as_of from snapshot) - v.registered_on >= d.days
where v.verdict <> 'apart';
