-- One pass over CARL2's permits: every text typed once, the texts that would not be typed kept beside. The table lives in
-- memory, in file order, until the snapshot's own table is made from it. A decision after the as-of day is impossible: it has no day.
create temp table staged_carl2_permits as
with typed as (
    select
        *,
        day_of(decided_on) as decided_day,
        day_of(valid_from) as from_day,
        day_of(valid_to) as to_day,
        day_of(lapsed_on) as lapsed_day
    from extract_carl2_permits
)
select
    key_of('s', permit_id) as permit_key,
    permit_id,
    person_id,
    case when decided_day <= (select as_of from loading) then decided_day end as decided_on,
    case when decided_day <= (select as_of from loading) then null else decided_on end as decided_on_text,
    decided_day > (select as_of from loading) as decided_after_as_of,
    decision,
    legal_basis,
    person_group,
    category,
    from_day as valid_from,
    no_day(valid_from, from_day) as valid_from_text,
    to_day as valid_to,
    no_day(valid_to, to_day) as valid_to_text,
    lapsed_day as lapsed_on,
    no_day(lapsed_on, lapsed_day) as lapsed_on_text,
    municipality_code
from typed;
