-- The permit registrations, granted or not, with everything that questions ask of a permit. One row a registration.
--
-- Granted means ever granted: lapsed and revoked permits were granted. Group: the one given, else the only group of the
-- basis. Category: the one given, else the given group's, else the one that all groups of the basis share, else unknown.
create table snapshot.carl2_permits as
with renewed as (
    select person_key
    from staged_carl2_permits
    where decision in ('granted', 'lapsed', 'revoked')
    group by person_key
    having count(*) > 1
),
ranked as (
    select
        permit_key,
        row_number() over (partition by person_key order by decided_on nulls last, permit_id) as place
    from staged_carl2_permits
    semi join renewed using (person_key)
    where decision in ('granted', 'lapsed', 'revoked')
),
later as (
    select permit_key from ranked where place > 1
),
read as (
    select
        s.*,
        s.decision in ('granted', 'lapsed', 'revoked') as granted,
        coalesce(s.person_group, b.person_group, 'unknown') as group_code,
        case
            when s.category is not null then case when n.code is not null then s.category else 'unknown' end
            else coalesce(g.category, b.category, 'unknown')
        end as category_code,
        l.permit_key is null as is_first
    from staged_carl2_permits s
    left join basis_meanings b on b.legal_basis = s.legal_basis
    left join group_meanings g on g.person_group = s.person_group
    left join category_codes n on n.code = s.category
    left join later l on l.permit_key = s.permit_key
)
select
    r.permit_key,
    r.person_key,
    r.decided_on,
    r.decision,
    r.granted,
    r.legal_basis,
    r.group_code as person_group,
    r.category_code as category,
    r.valid_from,
    r.valid_to,
    r.lapsed_on,
    r.municipality_code,
    case when r.granted then coalesce(p.link_status, 'no_person') end as link_status,
    case when r.granted and p.number_state = 'well_formed' then p.linked_on end as linked_on,
    case
        when p.not_entered and a.has_entered_on then 'not_entered'
        when r.lapsed_on - r.decided_on <= a.lapse_days and r.lapsed_on <= a.as_of then 'lapsed'
    end as not_expected,
    r.granted and r.is_first as is_first,
    p.sex,
    coalesce(k.code, p.citizenship) as citizenship,
    coalesce(z.citizenship_group, case when k.code is null then 'unknown' else 'other' end) as citizenship_group,
    year(p.birth_date)::smallint as birth_year,
    case when p.birth_date <= r.decided_on then date_sub('year', p.birth_date, r.decided_on)::smallint end as age_at_decision
from read r
cross join loading a
left join merged_persons p on p.person_key = r.person_key
left join citizenship_codes k on k.text = p.citizenship
left join snapshot.code_citizenship_groups z
    on z.code = coalesce(k.code, p.citizenship)
    and (z.valid_from is null or z.valid_from <= coalesce(r.decided_on, a.as_of))
    and (z.valid_to is null or z.valid_to >= coalesce(r.decided_on, a.as_of));
