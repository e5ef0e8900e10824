-- Six rules that a number coupled in CARL2 keeps where it is the person's, for the rules whose columns the extracts carry, and «any»: at least one
-- of them is broken. What a rule compares is found at loading (load/snapshot_permits). docs/method.md §7.
create or replace temp view impossible_link_rules as
select rule
from (
    values
        ('birth_date_at_odds', 'carl2_persons', 'birth_date'),
        ('birth_date_at_odds', 'cpr_persons', 'birth_date'),
        ('sex_at_odds', 'carl2_persons', 'sex'),
        ('sex_at_odds', 'cpr_persons', 'sex'),
        ('number_on_several_persons', 'carl2_persons', 'cpr_number'),
        ('gone_before_decision', 'cpr_persons', 'status_from'),
        ('number_begun_after_link', 'cpr_persons', 'registered_on'),
        ('number_begun_after_link', 'carl2_persons', 'cpr_linked_on'),
        ('linked_before_birth', 'carl2_persons', 'birth_date'),
        ('linked_before_birth', 'carl2_persons', 'cpr_linked_on'),
        ('any', 'carl2_persons', 'cpr_number')
) r(rule, table_name, column_name)
left join (select distinct table_name, column_name, true as delivered from delivered_columns) d using (table_name, column_name)
group by rule
having bool_and(delivered is not distinct from true);

-- The permits whose coupled number CPR holds and has not closed. A link of which nothing impossible is known passes «any», though some of it
-- cannot be tested: so the share of «any» is a least one.
create or replace temp macro impossible_link_checks(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    (
        birth_date_at_odds
        or sex_at_odds
        or number_on_several_persons
        or gone_before_decision
        or number_begun_after_link
        or linked_before_birth
    ) is true as "any"
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
)
where number_on_several_persons is not null;

create or replace temp macro broken_verdict(broken) as
    case when broken then 'fail' when not broken then 'pass' else 'unknown' end;

create or replace temp macro impossible_link_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
with checked as (
    select
        *
    from impossible_link_checks(
        from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
    )
)
select
    c.*, -- survives: for drill-down
    broken_verdict(c.broken) as verdict
from checked unpivot include nulls (
    broken for rule in (
        birth_date_at_odds, sex_at_odds, number_on_several_persons, gone_before_decision, number_begun_after_link, linked_before_birth, "any"
    )
) c
semi join impossible_link_rules r on r.rule = c.rule;
