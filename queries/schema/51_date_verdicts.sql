-- Six rules that the days of a permit should keep, one row a permit and rule, for the rules whose days the extracts carry.
-- «decided_by_as_of»: the decision is not after the as-of day. «linked_after_decision»: a person's first granted permit
-- is decided before, or on, the day the number is coupled; later permits of a linked person are not judged.
-- «valid_in_order»: the permit does not end before it begins. «born_before_decision»: the person was born by then.
-- «decision_day_given»: there is a decision day that can be read. «days_plausible»: no day lies before the first plausible one of
-- its column (an assumption of the code lists), birth years included. Where a day is missing nothing can be said. A decision day that
-- loading did not keep though it is a day lies after the as-of day. docs/method.md §7.
create or replace temp view first_plausible_days as
select
    max(value::date) filter (where name = 'first_plausible_decided_on') as decided_on,
    max(value::date) filter (where name = 'first_plausible_valid_from') as valid_from,
    max(value::date) filter (where name = 'first_plausible_valid_to') as valid_to,
    max(value::date) filter (where name = 'first_plausible_lapsed_on') as lapsed_on,
    max(value::date) filter (where name = 'first_plausible_cpr_linked_on') as linked_on,
    year(max(value::date) filter (where name = 'first_plausible_birth_date')) as birth_year
from code_assumptions
where name like 'first\_plausible\_%' escape '\';

create or replace temp view date_rules as
select rule
from (
    values
        ('decided_by_as_of', 'carl2_permits', 'decided_on'),
        ('linked_after_decision', 'carl2_persons', 'cpr_linked_on'),
        ('valid_in_order', 'carl2_permits', 'valid_from'),
        ('valid_in_order', 'carl2_permits', 'valid_to'),
        ('born_before_decision', 'carl2_persons', 'birth_date'),
        ('decision_day_given', 'carl2_permits', 'decided_on'),
        ('days_plausible', 'carl2_permits', 'decided_on')
) r(rule, table_name, column_name)
left join (select distinct table_name, column_name, true as delivered from delivered_columns) d using (table_name, column_name)
group by rule
having bool_and(delivered is not distinct from true)
    and (rule <> 'days_plausible' or (select decided_on from first_plausible_days) is not null);

-- Each permit with its verdict by every rule; NULL where the rule does not judge it.
create or replace temp macro date_checks(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    p.*,
    case when p.decided_on is not null then 'pass' when decided_after_as_of then 'fail' else 'unknown' end as decided_by_as_of,
    case when not is_first then null when p.linked_on >= p.decided_on then 'pass' when p.linked_on < p.decided_on then 'fail' else 'unknown' end
        as linked_after_decision,
    case when p.valid_to >= p.valid_from then 'pass' when p.valid_to < p.valid_from then 'fail' else 'unknown' end as valid_in_order,
    case when p.age_group <> 'unknown' then 'pass' when p.birth_year + year > 0 then 'fail' else 'unknown' end as born_before_decision,
    case when p.decided_on is not null or decided_after_as_of then 'pass' else 'fail' end as decision_day_given,
    case
        when p.decided_on < f.decided_on or p.valid_from < f.valid_from or p.valid_to < f.valid_to or p.lapsed_on < f.lapsed_on
            or p.linked_on < f.linked_on or p.birth_year < f.birth_year then 'fail'
        when p.decided_on is not null then 'pass'
        else 'unknown'
    end as days_plausible
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) p
cross join first_plausible_days f;

create or replace temp macro date_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
with checked as (
    select
        *
    from date_checks(
        from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
    )
)
select c.* -- survives: DuckDB reads a bare «from» as this
from checked unpivot (verdict for rule in (decided_by_as_of, linked_after_decision, valid_in_order, born_before_decision, decision_day_given, days_plausible)) c
semi join date_rules r on r.rule = c.rule;
