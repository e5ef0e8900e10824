-- What each legal basis of the extract can mean: the group and the category, where all groups of the basis agree on one. docs/method.md §5.
--
-- A basis belongs to the rows of the table that say the same, to the rows below it (a bare «§ 7» has all its groups), or
-- else to the nearest row above it («§ 9 a, stk. 2» lies within § 9 a).
create table basis_meanings as
with delivered as (
    select text as legal_basis, basis_key(text) as key
    from delivered_codes
    where column_name = 'legal_basis' and text is not null
),
known as (
    select person_group, category, basis_key(legal_basis) as key
    from snapshot.code_legal_bases
),
same_or_below as (
    select d.legal_basis, k.person_group, k.category
    from delivered d
    join known k on k.key = d.key or starts_with(k.key, d.key || 'stk.') or starts_with(k.key, d.key || 'nr.')
),
above as (
    select d.legal_basis, k.person_group, k.category, length(k.key) as depth
    from delivered d
    anti join same_or_below b on b.legal_basis = d.legal_basis
    join known k on starts_with(d.key, k.key || 'stk.') or starts_with(d.key, k.key || 'nr.')
),
nearest as (
    select legal_basis, max(depth) as depth
    from above
    group by legal_basis
),
meaning as (
    select legal_basis, person_group, category from same_or_below
    union all
    select a.legal_basis, a.person_group, a.category
    from above a
    join nearest n on n.legal_basis = a.legal_basis and n.depth = a.depth
)
select
    legal_basis,
    case when min(person_group) = max(person_group) then min(person_group) end as person_group,
    case when min(category) = max(category) then min(category) end as category
from meaning
group by legal_basis;

insert into known_codes
select 'legal_basis', legal_basis
from basis_meanings;
