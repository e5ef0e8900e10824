-- Snapshot and identities hold the same keys: each rule by table, with the number of keys that break it.
with permits as (
    select
        count(*) filter (where i.permit_key is null) as without_identity,
        count(*) filter (where s.permit_key is null) as identity_without_row
    from snapshot.carl2_permits s
    full join identities.carl2_permits i on i.permit_key = s.permit_key
),
delivered_persons as (
    select distinct person_key from identities.carl2_persons
),
persons as (
    select
        count(*) filter (where i.person_key is null) as without_identity,
        count(*) filter (where s.person_key is null) as identity_without_row
    from snapshot.carl2_persons s
    full join delivered_persons i on i.person_key = s.person_key
),
numbers as (
    select
        count(*) filter (where i.number_key is null) as without_identity,
        count(*) filter (where s.number_key is null) as identity_without_row
    from snapshot.cpr_persons s
    full join identities.cpr_persons i on i.number_key = s.number_key
)
select 'carl2_permits' as table_name, rule, n from (unpivot permits on columns(*) into name rule value n)
union all
select 'carl2_persons', rule, n from (unpivot persons on columns(*) into name rule value n)
union all
select 'cpr_persons', rule, n from (unpivot numbers on columns(*) into name rule value n)
order by table_name, rule;
