-- The persons of CARL2: one passes with a permit registration, whatever was decided, and fails without any. There is no third way. docs/method.md §7.
create or replace temp view holder_verdicts as
select
    p.*,
    case when w.person_key is null then 'pass' else 'fail' end as verdict
from carl2_persons p
left join persons_without_permit w on w.person_key = p.person_key;
