-- The permit registrations, granted or not, with everything that questions ask of a permit. One row a registration. docs/method.md §5 and §6.
--
-- Granted means ever granted: lapsed and revoked permits were granted. Group: the one given, else the only group of the
-- basis. Category: the one given, else the given group's, else the one that all groups of the basis share, else unknown.
-- A person's granted permits have an order: the earliest is the first, undated ones are the last, and of several on one day the one with
-- the smaller permit-id comes first. Most persons have one, which is their first: only the others' are put in order.
--
-- Six rules that a coupled number must keep stand beside it, each true where it is broken and NULL where nothing can be said: of a permit that
-- was not granted, or whose number is not in CPR or was closed there, nothing is.
--
-- Of the person's age stands the group and not the years: with the day of a decision an age tells on which side of the birthday that day
-- lies, and several decisions close in on it.
create table snapshot.carl2_permits as
with renewed as (
    select person_key
    from staged_carl2_permits
    where was_granted(decision)
    group by person_key
    having count(*) > 1
),
ordered as (
    select
        permit_key,
        row_number() over (partition by person_key order by coalesce(decided_on, date '9999-12-31'), permit_id)::integer as grant_order
    from staged_carl2_permits
    semi join renewed using (person_key)
    where was_granted(decision)
),
read as (
    select
        s.*,
        was_granted(s.decision) as granted,
        coalesce(s.person_group, b.person_group, 'unknown') as group_code,
        case
            when s.category is not null then case when n.code is not null then s.category else 'unknown' end
            else coalesce(g.category, b.category, 'unknown')
        end as category_code,
        o.grant_order
    from staged_carl2_permits s
    left join basis_meanings b on b.legal_basis = s.legal_basis
    left join group_meanings g on g.person_group = s.person_group
    left join category_codes n on n.code = s.category
    left join ordered o on o.permit_key = s.permit_key
)
select
    r.permit_key,
    r.person_key,
    r.decided_on,
    coalesce(r.decided_after_as_of, false) as decided_after_as_of,
    permit_code(r.decision) as decision,
    r.granted,
    permit_code(r.legal_basis) as legal_basis,
    permit_code(r.group_code) as person_group,
    r.category_code::category as category,
    r.valid_from,
    r.valid_to,
    r.lapsed_on,
    permit_code(r.municipality_code) as municipality_code,
    case when r.granted then coalesce(p.link_status, 'no_person'::link_status) end as link_status,
    case when r.granted and p.number_state = 'well_formed' then p.linked_on end as linked_on,
    case when r.granted and p.held then p.birth_date_at_odds end as birth_date_at_odds,
    case when r.granted and p.held then p.sex_at_odds end as sex_at_odds,
    case when r.granted and p.held then p.number_shared end as number_on_several_persons,
    case
        when not (r.granted and p.held) then null
        when p.gone then p.gone_from < r.decided_on
        else p.gone
    end as gone_before_decision,
    case when r.granted and p.held then p.number_begun_after_link end as number_begun_after_link,
    case when r.granted and p.held then p.linked_before_birth end as linked_before_birth,
    case
        when p.not_entered then 'not_entered'::not_expected
        when r.lapsed_on - r.decided_on <= a.lapse_days and r.lapsed_on <= a.as_of then 'lapsed'::not_expected
    end as not_expected,
    r.granted and coalesce(r.grant_order, 1) = 1 as is_first,
    case when r.granted then coalesce(r.grant_order, 1) end as grant_order,
    r.grant_order is not null as several_granted,
    p.sex,
    p.citizenship,
    coalesce(z.citizenship_group, case when p.citizenship_known then 'other' else 'unknown' end)::citizenship_group as citizenship_group,
    year(p.birth_date)::smallint as birth_year,
    age_group_of(case when p.birth_date <= r.decided_on then date_sub('year', p.birth_date, r.decided_on) end) as age_group
from read r
cross join loading a
left join (
    select *, in_cpr and link_status in ('linked', 'conflict') as held
    from merged_persons
) p on p.person_key = r.person_key
left join citizenship_group_days z
    on z.code = p.citizenship
    and z.first_day <= coalesce(r.decided_on, a.as_of)
    and z.last_day >= coalesce(r.decided_on, a.as_of);
