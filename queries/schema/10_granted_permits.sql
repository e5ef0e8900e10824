-- The permit registrations that were ever granted: what every permit question counts, with every key that it is counted
-- by, as the answers show it: an empty code is «unknown», a missing day leaves year and month empty. «age_days» is how old
-- the permit is on the as-of day. docs/method.md §6.
create or replace temp view granted_permits as
with aged as (
    select
        *,
        (select as_of from snapshot) - decided_on as age_days
    from carl2_permits
    where granted
)
select
    permit_key, -- survives: for drill-down
    person_key,
    decided_on,
    decided_after_as_of,
    year(decided_on) as year,
    strftime(decided_on, '%Y-%m') as month,
    year(decided_on) * 12 + month(decided_on) - 1 as month_number, -- what questions group by: a text costs ten times as much, date_trunc five
    decision,
    coalesce(legal_basis, 'unknown') as legal_basis,
    person_group,
    category,
    valid_from,
    valid_to,
    lapsed_on,
    coalesce(municipality_code, 'unknown') as municipality_code,
    municipality_code as municipality_given, -- the codes that questions with two keys group by: a text costs twice as much
    link_status,
    linked_on,
    birth_date_at_odds,
    sex_at_odds,
    number_on_several_persons,
    gone_before_decision,
    number_begun_after_link,
    linked_before_birth,
    not_expected,
    is_first,
    grant_order,
    several_granted,
    coalesce(sex, 'unknown') as sex,
    coalesce(citizenship, 'unknown') as citizenship,
    citizenship as citizenship_given,
    citizenship_group,
    birth_year,
    age_group,
    age_days,
    age_band(age_days)::bigint as age_from
from aged;

-- The month of such a number: 2013-05.
create or replace temp macro month_of(month_number) as
    strftime(make_date(month_number // 12, month_number % 12 + 1, 1), '%Y-%m');
