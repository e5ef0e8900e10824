-- One row a person, with the person's number, what became of its link, and the birth date that permits need. docs/method.md §3 and §6.
--
-- A person's number is the one with the latest link date, then the greatest, of the well-formed ones if there are any. For every other column the last value in
-- file order that is not empty holds. A number is shared when several persons carry it in any of their rows. Without CPR's status
-- nobody knows whether a record was closed: no number is verified.
--
-- What is at odds between CARL2 and CPR's record of the number is NULL where either does not say it; a day of CPR after the as-of day says nothing.
create table merged_persons as
with single as (
    select
        person_key,
        person_id,
        cpr_number,
        number_state,
        linked_on,
        birth_date,
        sex,
        citizenship,
        entered_on,
        entered_on_text,
        entered_on_delivered,
        1 as numbers
    from staged_carl2_persons
    anti join repeated_persons using (person_key)
),
several as (
    select
        person_key,
        max(person_id) as person_id,
        max({
            'well_formed': number_state = 'well_formed',
            'linked_on': coalesce(linked_on, date '-infinity'),
            'number': cpr_number,
            'state': number_state
        }) filter (where cpr_number is not null) as chosen,
        arg_max(birth_date, rowid) filter (where birth_date is not null) as birth_date,
        arg_max(sex, rowid) filter (where sex is not null) as sex,
        arg_max(citizenship, rowid) filter (where citizenship is not null) as citizenship,
        arg_max(entered_on, rowid) filter (where entered_on is not null) as entered_on,
        arg_max(entered_on_text, rowid) filter (where entered_on_text is not null) as entered_on_text,
        bool_or(entered_on_delivered) as entered_on_delivered,
        count(distinct cpr_number) as numbers
    from staged_carl2_persons
    semi join repeated_persons using (person_key)
    group by person_key
),
person as (
    select * from single
    union all
    select
        person_key,
        person_id,
        chosen.number,
        coalesce(chosen.state, 'none'),
        nullif(chosen.linked_on, date '-infinity'),
        birth_date,
        sex,
        citizenship,
        entered_on,
        entered_on_text,
        entered_on_delivered,
        numbers
    from several
),
in_several_rows as (
    select cpr_number
    from staged_carl2_persons
    where cpr_number is not null
    group by cpr_number
    having count(*) > 1
),
shared as (
    select cpr_number
    from staged_carl2_persons
    semi join in_several_rows using (cpr_number)
    group by cpr_number
    having min(person_key) <> max(person_key)
)
select
    p.person_key,
    p.person_id,
    p.cpr_number,
    case when p.number_state in ('well_formed', 'replacement') then coalesce(c.number_key, number_key(p.cpr_number)) end
        as number_key,
    p.number_state,
    case when p.cpr_number is not null then p.linked_on end as linked_on,
    p.birth_date,
    person_code(p.sex) as sex,
    coalesce(k.code, person_code(p.citizenship)) as citizenship,
    k.code is not null as citizenship_known,
    p.entered_on,
    p.entered_on_delivered and p.entered_on is null and p.entered_on_text is null as not_entered,
    p.numbers,
    s.cpr_number is not null as number_shared,
    c.number_key is not null as in_cpr,
    p.birth_date <> c.birth_date as birth_date_at_odds,
    case when p.sex in ('M', 'K') and c.sex in ('M', 'K') then p.sex <> c.sex end as sex_at_odds,
    c.status in ('70', '80', '90') as gone,
    case when c.status_from <= l.as_of then c.status_from end as gone_from,
    case when c.registered_on <= l.as_of then c.registered_on > p.linked_on end as number_begun_after_link,
    p.linked_on < p.birth_date as linked_before_birth,
    case
        when p.number_state = 'none' then 'unlinked'::link_status
        when p.number_state <> 'well_formed' then p.number_state::link_status
        when l.cpr_loaded and c.number_key is null then 'not_in_cpr'::link_status
        when c.status in ('30', '50', '60') then 'superseded'::link_status
        when birth_date_at_odds
            or sex_at_odds
            or s.cpr_number is not null
            or c.person_id <> p.person_id then 'conflict'::link_status
        when l.cpr_has_status then 'linked'::link_status
        else 'linked_unverified'::link_status
    end as link_status
from person p
cross join loading l
left join staged_cpr_persons c on c.cpr_number = p.cpr_number
left join shared s on s.cpr_number = p.cpr_number
left join known_citizenships k on k.text = p.citizenship;
