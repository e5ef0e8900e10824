-- One pass over CARL2's permits: every text typed once, the texts that would not be typed kept beside. The table lives in
-- memory, in file order, until the snapshot's own table is made from it. A decision after the as-of day is impossible: it has no day.
set preserve_insertion_order = true;

create table staged_carl2_permits as
with read as (
    select
        *,
        coalesce(decided_on_read, try_cast(decided_on as date)) as decided_on_cast,
        coalesce(valid_from_read, try_cast(valid_from as date)) as valid_from_cast,
        coalesce(valid_to_read, try_cast(valid_to as date)) as valid_to_cast,
        coalesce(lapsed_on_read, try_cast(lapsed_on as date)) as lapsed_on_cast
    from extract_carl2_permits
),
typed as (
    select
        *,
        strict_day(decided_on, decided_on_cast) as decided_on_day,
        strict_day(valid_from, valid_from_cast) as valid_from_day,
        strict_day(valid_to, valid_to_cast) as valid_to_day,
        strict_day(lapsed_on, lapsed_on_cast) as lapsed_on_day
    from read
)
select
    permit_key(permit_id) as permit_key,
    permit_id,
    person_key(person_id) as person_key,
    person_id,
    case when decided_on_day <= (select as_of from loading) then decided_on_day end as decided_on,
    case when decided_on_day <= (select as_of from loading) then null else coalesce(decided_on, decided_on_read::varchar) end as decided_on_text,
    decided_on_day > (select as_of from loading) as decided_after_as_of,
    decision,
    legal_basis,
    person_group,
    category,
    valid_from_day as valid_from,
    no_day(valid_from, valid_from_day) as valid_from_text,
    valid_to_day as valid_to,
    no_day(valid_to, valid_to_day) as valid_to_text,
    lapsed_on_day as lapsed_on,
    no_day(lapsed_on, lapsed_on_day) as lapsed_on_text,
    municipality_code,
    blanks
from typed;

set preserve_insertion_order = false;
