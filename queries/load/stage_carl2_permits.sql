-- One pass over CARL2's permits: every text typed once, the texts that would not be typed kept beside. The table lives in
-- memory, in file order, until the snapshot's own table is made from it.
create temp table staged_carl2_permits as
with typed as (
    select
        *,
        nullif(trim(permit_id), '') as id,
        nullif(trim(person_id), '') as holder,
        try_cast(decided_on as date) as decided_day,
        try_cast(valid_from as date) as from_day,
        try_cast(valid_to as date) as to_day,
        try_cast(lapsed_on as date) as lapsed_day
    from extract_carl2_permits
)
select
    key_of('permit', id) as permit_key,
    id as permit_id,
    key_of('person', holder) as person_key,
    holder as person_id,
    strict_day(decided_on, decided_day) as decided_on,
    no_day(decided_on, decided_day) as decided_on_text,
    decision,
    legal_basis,
    person_group,
    category,
    strict_day(valid_from, from_day) as valid_from,
    no_day(valid_from, from_day) as valid_from_text,
    strict_day(valid_to, to_day) as valid_to,
    no_day(valid_to, to_day) as valid_to_text,
    strict_day(lapsed_on, lapsed_day) as lapsed_on,
    no_day(lapsed_on, lapsed_day) as lapsed_on_text,
    municipality_code
from typed;
