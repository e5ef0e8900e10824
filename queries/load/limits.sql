-- What a delivery that makes sense has little of, each with how much there is of how many and the name of its limit among the
-- assumptions. Of the columns of days only the decision day has to be there, and of a permit that was not granted not even that; of the others
-- the texts are judged that there are. A CPR-number that is empty is a person who is not linked, and none that is malformed. Where there are no persons, or all ids are empty, no permit finds its own: that is told once. With «together» the persons
-- come in the rows of their permits, and repeat. docs/method.md §3.
with found as (
    select table_name, column_name, reason, sum(n)::bigint as n
    from snapshot.findings
    group by table_name, column_name, reason
),
rows_of as (
    select 'carl2_permits' as table_name, count(*) as n, count(person_key) as known, count(decided_on) as dated
    from snapshot.carl2_permits
    union all
    select 'carl2_persons', count(*), count(cpr_number), null
    from everybody.carl2_persons
    union all
    select 'cpr_persons', count(*), count(*), null
    from snapshot.cpr_persons
),
broken as (
    select 'unreadable_days' as reason, 'max_unreadable_percent' as limit_name, 'carl2_permits' as table_name, 'decided_on' as column_name,
        coalesce(sum(f.n) filter (where f.reason <> 'after_as_of_day'), 0) as n,
        max(r.dated) + coalesce(sum(f.n) filter (where f.reason <> 'implausible_day'), 0) as of
    from rows_of r
    left join found f on f.table_name = r.table_name and f.column_name = 'decided_on'
        and f.reason in ('not_a_date', 'missing_decision_day', 'implausible_day', 'after_as_of_day')
    where r.table_name = 'carl2_permits'
    union all
    select 'unreadable_days', 'max_unreadable_percent', table_name, column_name, no_days - in_part, days + no_days
    from read_days
    where column_name <> 'decided_on'
    union all
    select if(f.column_name = 'decision', 'unknown_decisions', 'unknown_categories'), 'max_unreadable_percent', f.table_name, f.column_name, f.n, r.n
    from found f
    join rows_of r on r.table_name = f.table_name
    where f.table_name = 'carl2_permits' and f.column_name in ('decision', 'category') and f.reason = 'unknown_code'
    union all
    select 'malformed_numbers', 'max_unreadable_percent', f.table_name, f.column_name, f.n, r.known
    from found f
    join rows_of r on r.table_name = f.table_name
    where f.column_name = 'cpr_number' and f.reason = 'malformed'
    union all
    select 'missing_person_ids', 'max_unreadable_percent', table_name, 'person_id', n - known, n
    from rows_of
    where table_name = 'carl2_permits' and known > 0
    union all
    select 'permits_without_person', 'max_without_person_percent', f.table_name, f.column_name, f.n, r.n
    from found f
    join rows_of r on r.table_name = f.table_name
    where f.reason = 'no_person' and (select n from rows_of where table_name = 'carl2_persons') > 0
    union all
    select 'empty_table', 'least_rows', r.table_name, '', r.n, r.n
    from rows_of r
    semi join snapshot.delivered_columns d on d.table_name = r.table_name
    union all
    select 'repeated_keys', 'max_repeated_keys_percent', k.table_name,
        case k.table_name when 'carl2_permits' then 'permit_id' when 'carl2_persons' then 'person_id' else 'cpr_number' end,
        k.keys,
        case k.table_name when 'carl2_persons' then (select count(*) from snapshot.carl2_persons) else r.n end
    from repeated_keys k
    join rows_of r on r.table_name = k.table_name
    where not ($together and k.table_name = 'carl2_persons')
    union all
    select 'days_after_as_of', 'max_after_as_of_percent', f.table_name, f.column_name, f.n, d.days
    from found f
    join read_days d on d.table_name = f.table_name and d.column_name = f.column_name
    where f.reason in ('after_as_of_day', 'link_after_as_of')
)
select reason, limit_name, table_name, column_name, n::bigint as n, of::bigint as of_rows
from broken
order by reason, table_name, column_name;
