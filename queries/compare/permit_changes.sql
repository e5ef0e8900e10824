-- Hvad er der sket med tilladelserne fra den ene opgørelse til den anden, pr. år?
-- What became of the permits from one snapshot to the other, by year?
--
-- Every permit in scope in the earlier or the later snapshot, matched by its key, which is the same in all snapshots of a store. In scope on a side:
-- granted there, with decision day and category as asked for. A permit that both hold is «kept», and then also «newly_linked» or
-- «newly_unlinked» when a well-formed number was coupled on one side only, and one of «decision», «category» and so on for each column that is
-- another. A permit that the earlier snapshot does not hold at all is «added», «added_earlier» when it was decided by the earlier as-of day,
-- and «added_undated» when it has no decision day;
-- one that the later does not hold is «vanished». One that both hold, but only one of them in scope, «moved_in» or «moved_out». The year is
-- that of the later snapshot, of the earlier for what is vanished or moved out; when the year itself is another, a permit moves out of
-- the one and into the other beside being kept. Permits without a decision day stand in the empty year.
--
-- params
--   from_day    DATE       første afgørelsesdato; NULL fra begyndelsen | first decision day; NULL from the beginning
--   to_day      DATE       sidste afgørelsesdato; NULL til slutningen | last decision day; NULL to the end
--   categories  VARCHAR[]  opholdskategorier; NULL alle | categories of residence; NULL all
-- columns
--   year    BIGINT              År | Year
--   change  VARCHAR {change}    Ændring | Change
--   n       BIGINT [permits]    tilladelser | permits
with earlier_permits as (
    select
        *,
        link_verdict(link_status) = 'pass' as linked,
        granted
        and ($from_day is null or coalesce(decided_on >= $from_day, false))
        and ($to_day is null or coalesce(decided_on <= $to_day, false))
        and ($categories is null or list_contains($categories, category)) as in_scope
    from earlier.carl2_permits
),
later_permits as (
    select
        *,
        link_verdict(link_status) = 'pass' as linked,
        granted
        and ($from_day is null or coalesce(decided_on >= $from_day, false))
        and ($to_day is null or coalesce(decided_on <= $to_day, false))
        and ($categories is null or list_contains($categories, category)) as in_scope
    from later.carl2_permits
),
followed as (
    select
        year(e.decided_on) as earlier_year,
        year(l.decided_on) as later_year,
        case
            when e.permit_key is null and l.decided_on <= (select as_of from earlier.snapshot) then 'added_earlier'
            when e.permit_key is null and l.decided_on is null then 'added_undated'
            when e.permit_key is null then 'added'
            when l.permit_key is null then 'vanished'
            when not e.in_scope then 'moved_in'
            when not l.in_scope then 'moved_out'
            else 'kept'
        end as fate,
        e.linked and not l.linked as lost,
        l.linked and not e.linked as found,
        e.decision is distinct from l.decision as decision,
        e.category is distinct from l.category as category,
        e.person_group is distinct from l.person_group as person_group,
        e.legal_basis is distinct from l.legal_basis as legal_basis,
        e.decided_on is distinct from l.decided_on as decided_on,
        e.lapsed_on is distinct from l.lapsed_on as lapsed_on,
        e.municipality_code is distinct from l.municipality_code as municipality,
        e.person_key is distinct from l.person_key as person
    from earlier_permits e
    full join later_permits l on l.permit_key = e.permit_key
    where e.in_scope or l.in_scope
),
changes as (
    select
        earlier_year,
        later_year,
        fate,
        unnest([
            fate,
            case when fate = 'kept' and found then 'newly_linked' end,
            case when fate = 'kept' and lost then 'newly_unlinked' end,
            case when fate = 'kept' and decision then 'decision' end,
            case when fate = 'kept' and category then 'category' end,
            case when fate = 'kept' and person_group then 'person_group' end,
            case when fate = 'kept' and legal_basis then 'legal_basis' end,
            case when fate = 'kept' and decided_on then 'decided_on' end,
            case when fate = 'kept' and lapsed_on then 'lapsed_on' end,
            case when fate = 'kept' and municipality then 'municipality' end,
            case when fate = 'kept' and person then 'person' end,
            case when fate = 'kept' and earlier_year is distinct from later_year then 'other_year_out' end,
            case when fate = 'kept' and earlier_year is distinct from later_year then 'other_year_in' end
        ]) as change
    from followed
)
select
    case when change in ('vanished', 'moved_out', 'other_year_out') then earlier_year else later_year end as year,
    change,
    count(*) as n
from changes
where change is not null
group by 1, 2
order by year nulls last, change;
