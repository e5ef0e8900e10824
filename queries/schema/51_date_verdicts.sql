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

-- Each permit with its verdict by every rule; NULL where the rule does not judge it.
create or replace temp macro date_checks(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    case when decided_on is not null then 'pass' when decided_after_as_of then 'fail' else 'unknown' end as decided_by_as_of,
    case when not is_first then null when linked_on >= decided_on then 'pass' when linked_on < decided_on then 'fail' else 'unknown' end
        as linked_after_decision,
    case when valid_to >= valid_from then 'pass' when valid_to < valid_from then 'fail' else 'unknown' end as valid_in_order,
    case when age_at_decision is not null then 'pass' when birth_year + year > 0 then 'fail' else 'unknown' end as born_before_decision
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
);

create or replace temp macro date_verdicts(
    from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
) as table
with checked as (
    select
        *
    from date_checks(
        from_day, to_day, categories, expected, first_only, maturity, of_municipality, of_citizenship, of_group
    )
)
select c.* -- survives: DuckDB reads a bare «from» as this
from checked unpivot (verdict for rule in (decided_by_as_of, linked_after_decision, valid_in_order, born_before_decision)) c
semi join date_rules r on r.rule = c.rule;
