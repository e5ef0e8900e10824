-- Four rules that the days of a permit should keep, one row a permit and rule, for the rules whose days the extracts carry.
-- «decided_by_as_of»: the decision is not after the as-of day. «linked_after_decision»: a person's first granted permit
-- is decided before, or on, the day the number is coupled; later permits of a linked person are not judged.
-- «valid_in_order»: the permit does not end before it begins. «born_before_decision»: the person was born by then.
-- Where a day is missing nothing can be said. A decision day that loading did not keep though it is a day lies after the as-of day.
create or replace temp view date_rules as
select rule
from (
    values
        ('decided_by_as_of', 'carl2_permits', 'decided_on'),
        ('linked_after_decision', 'carl2_persons', 'cpr_linked_on'),
        ('valid_in_order', 'carl2_permits', 'valid_from'),
        ('valid_in_order', 'carl2_permits', 'valid_to'),
        ('born_before_decision', 'carl2_persons', 'birth_date')
) r(rule, table_name, column_name)
left join (select distinct table_name, column_name, true as delivered from delivered_columns) d using (table_name, column_name)
group by rule
having bool_and(delivered is not distinct from true);

create or replace temp macro date_verdicts(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
) as table
select
    p.*, -- survives: for drill-down
    r.rule,
    case r.rule
        when 'decided_by_as_of' then
            case when p.decided_on is not null then 'pass' when u.row_key is not null then 'fail' else 'unknown' end
        when 'linked_after_decision' then
            case when p.linked_on >= p.decided_on then 'pass' when p.linked_on < p.decided_on then 'fail' else 'unknown' end
        when 'valid_in_order' then
            case when p.valid_to >= p.valid_from then 'pass' when p.valid_to < p.valid_from then 'fail' else 'unknown' end
        else
            case when p.age_at_decision is not null then 'pass' when p.birth_year + year(p.decided_on) > 0 then 'fail' else 'unknown' end
    end as verdict
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
) p
left join untyped_values u
    on u.table_name = 'carl2_permits'
    and u.column_name = 'decided_on' -- survives: no other column's untyped text is a day
    and try_cast(u.text as date)::varchar = u.text
    and u.row_key = p.permit_key
join date_rules r on r.rule <> 'linked_after_decision' or p.is_first;
