-- The chains of replaced numbers, in jumps: CPR's records name the number that replaced them, which may itself have been replaced.
--
-- A jump of level k is 2^k replacements at once, so a chain is followed to its end in as many rounds as its length has binary digits,
-- and the work grows with the numbers and not with their pairs.
create table number_jumps as
with recursive replaced as materialized (
    select number_key, number_key(current_cpr_number) as current_number_key
    from staged_cpr_persons
    where current_cpr_number <> cpr_number
),
jumps as (
    select 0 as level, number_key, current_number_key as leads_to
    from replaced
    union all
    select a.level + 1, a.number_key, b.leads_to
    from jumps a
    join jumps b on b.number_key = a.leads_to
    where 1::bigint << a.level <= (select count(*) from replaced)
)
select level, number_key, leads_to
from jumps;
