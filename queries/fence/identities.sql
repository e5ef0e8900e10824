-- What a statement with a purpose, and an export, sees as the schema identities: what the keys stand for, less those of persons
-- whose name and address CPR protects (record 004, type 0001). Of them the keys remain, so that no row is missing.
--
-- Protected is the number, the older numbers that lead to it over however many steps, and every row
-- and permit of the person that CARL2 couples to one of them. Loading marks the older numbers; snapshots loaded before it did have every pair of them
-- in number_chains. «kept» stands for the attached file, whose name no
-- statement can know; so the lists of those who are protected are no views of their own.
attach ':memory:' as identities (read_only false);

create view identities.cpr_persons as
with protected_numbers as (
    select cpr_number, number_key
    from kept.cpr_persons
    where protected
    union
    select o.cpr_number, o.number_key
    from kept.cpr_persons c
    join snapshot.number_chains h on h.leads_to = c.number_key
    join kept.cpr_persons o on o.number_key = h.number_key
    where c.protected
)
select
    c.number_key,
    p.cpr_number is not null as protected,
    case when p.cpr_number is null then c.cpr_number end as cpr_number,
    case when p.cpr_number is null then c.current_cpr_number end as current_cpr_number,
    case when p.cpr_number is null then c.family_name end as family_name,
    case when p.cpr_number is null then c.given_name end as given_name,
    case when p.cpr_number is null then c.birth_date end as birth_date,
    case when p.cpr_number is null then c.birth_date_text end as birth_date_text,
    case when p.cpr_number is null then c.person_id end as person_id
from kept.cpr_persons c
left join protected_numbers p on p.cpr_number = c.cpr_number;

create view identities.carl2_persons as
with protected_numbers as (
    select cpr_number, number_key
    from kept.cpr_persons
    where protected
    union
    select o.cpr_number, o.number_key
    from kept.cpr_persons c
    join snapshot.number_chains h on h.leads_to = c.number_key
    join kept.cpr_persons o on o.number_key = h.number_key
    where c.protected
),
protected_persons as (
    select distinct person_id
    from kept.carl2_persons
    where cpr_number in (select cpr_number from protected_numbers)
)
select
    person_key,
    p.person_id is not null as protected,
    case when p.person_id is null then c.person_id end as person_id,
    case when p.person_id is null then c.cpr_number end as cpr_number,
    case when p.person_id is null then c.family_name end as family_name,
    case when p.person_id is null then c.given_name end as given_name,
    case when p.person_id is null then c.birth_date end as birth_date,
    case when p.person_id is null then c.birth_date_text end as birth_date_text
from kept.carl2_persons c
left join protected_persons p on p.person_id = c.person_id;

create view identities.carl2_permits as
with protected_numbers as (
    select cpr_number, number_key
    from kept.cpr_persons
    where protected
    union
    select o.cpr_number, o.number_key
    from kept.cpr_persons c
    join snapshot.number_chains h on h.leads_to = c.number_key
    join kept.cpr_persons o on o.number_key = h.number_key
    where c.protected
),
protected_persons as (
    select distinct person_id
    from kept.carl2_persons
    where cpr_number in (select cpr_number from protected_numbers)
)
select
    permit_key,
    p.person_id is not null as protected,
    case when p.person_id is null then c.permit_id end as permit_id,
    case when p.person_id is null then c.person_id end as person_id
from kept.carl2_permits c
left join protected_persons p on p.person_id = c.person_id;

create view identities.untyped_values as
with protected_numbers as (
    select cpr_number, number_key
    from kept.cpr_persons
    where protected
    union
    select o.cpr_number, o.number_key
    from kept.cpr_persons c
    join snapshot.number_chains h on h.leads_to = c.number_key
    join kept.cpr_persons o on o.number_key = h.number_key
    where c.protected
),
protected_persons as (
    select distinct person_id
    from kept.carl2_persons
    where cpr_number in (select cpr_number from protected_numbers)
),
protected_rows as (
    select 'cpr_persons' as table_name, number_key as row_key
    from protected_numbers
    union
    select 'carl2_persons', person_key
    from kept.carl2_persons
    where person_id in (select person_id from protected_persons)
    union
    select 'carl2_permits', permit_key
    from kept.carl2_permits
    where person_id in (select person_id from protected_persons)
)
select
    u.table_name,
    u.row_key,
    u.column_name,
    p.row_key is not null as protected,
    case when p.row_key is null then u.text end as text
from kept.untyped_values u
left join protected_rows p on p.table_name = u.table_name and p.row_key = u.row_key;
