-- Which number each replaced number leads to, and over how many steps: CPR's records name the number that replaced them,
-- which may itself have been replaced. Where the chain is a loop, every number leads to every other one in it. Chains are followed for 20
-- steps: a person who had more numbers has not been seen [A].
create table snapshot.number_chains as
with recursive replaced as materialized (
    select number_key, current_number_key
    from snapshot.cpr_persons
    where current_number_key is not null
),
chain as (
    select number_key, current_number_key as leads_to, 1 as steps
    from replaced
    union all
    select c.number_key, r.current_number_key, c.steps + 1
    from chain c
    join replaced r on r.number_key = c.leads_to
    where c.steps < 20
)
select
    number_key,
    leads_to,
    min(steps)::smallint as steps
from chain
where leads_to <> number_key
group by number_key, leads_to
order by number_key, leads_to;
