-- What must hold in every snapshot: each rule by the table it is about, with the number of rows that break it. The rules are written out, though macros
-- of load have them too: a check that asks those who made the table would find them right.
with statuses as (
    select unnest([
        'no_person', 'unlinked', 'malformed', 'replacement', 'not_in_cpr', 'superseded', 'conflict', 'linked', 'linked_unverified'
    ]) as link_status
),
permit_rules as (
    select
        count(*) filter (where permit_key is null) as no_key,
        count(permit_key) - count(distinct permit_key) as repeated_key,
        count(*) filter (where granted and s.link_status is null) as granted_without_a_link_status_of_the_list,
        count(*) filter (where not granted and p.link_status is not null) as link_status_though_not_granted,
        count(*) filter (where granted is distinct from coalesce(decision in ('granted', 'lapsed', 'revoked'), false)) as granted_against_the_decision,
        count(*) filter (where category is null or category not in
            ('asylum', 'family', 'work', 'study', 'eu', 'other', 'brexit', 'ukraine', 'unknown')) as category_not_of_the_list,
        count(*) filter (where not_expected not in ('not_entered', 'lapsed')) as not_expected_for_no_known_reason,
        count(*) filter (where decided_on > (select max(as_of) from snapshot.snapshot)) as decided_after_the_as_of_day
    from snapshot.carl2_permits p
    left join statuses s on s.link_status = p.link_status
),
permits_and_persons as (
    select
        count(*) filter (where (p.link_status = 'no_person') is distinct from (c.person_key is null)) as no_person_against_the_persons,
        count(*) filter (where c.link_status <> p.link_status) as link_status_against_the_person,
        count(*) filter (where c.cpr_linked_on <> p.linked_on) as linked_on_against_the_person
    from snapshot.carl2_permits p
    left join snapshot.carl2_persons c on c.person_key = p.person_key
    where p.granted
),
first_permits as (
    select count(*) as several_first_permits
    from (
        select person_key
        from snapshot.carl2_permits
        where is_first and person_key is not null -- a permit that names nobody is the first of somebody unknown
        group by person_key
        having count(*) > 1
    )
),
person_rules as (
    select
        count(*) filter (where person_key is null) as no_key,
        count(person_key) - count(distinct person_key) as repeated_key,
        count(*) filter (where s.link_status is null or p.link_status = 'no_person') as link_status_not_of_the_list,
        count(*) filter (where (number_state in ('well_formed', 'replacement')) is distinct from (number_key is not null))
            as number_key_against_the_number
    from snapshot.carl2_persons p
    left join statuses s on s.link_status = p.link_status
),
cpr_rules as (
    select
        count(*) filter (where number_key is null) as no_key,
        count(number_key) - count(distinct number_key) as repeated_key,
        count(*) filter (where current_number_key = number_key) as replaced_by_itself
    from snapshot.cpr_persons
),
own_rules as (
    select abs(count(*) - 1) as one_row from snapshot.snapshot
)
select 'carl2_permits' as table_name, rule, n from (unpivot permit_rules on columns(*) into name rule value n)
union all
select 'carl2_permits', rule, n from (unpivot permits_and_persons on columns(*) into name rule value n)
union all
select 'carl2_permits', rule, n from (unpivot first_permits on columns(*) into name rule value n)
union all
select 'carl2_persons', rule, n from (unpivot person_rules on columns(*) into name rule value n)
union all
select 'cpr_persons', rule, n from (unpivot cpr_rules on columns(*) into name rule value n)
union all
select 'snapshot', rule, n from (unpivot own_rules on columns(*) into name rule value n)
order by table_name, rule;
