-- Permits whose group is given an administrative CPR-number with the permit, decided since the Immigration Service began
-- to issue them (family from 2015-10-01, all others from 2016-02-01: the answer to question 420) and at least 30 days
-- old. A permit whose person was linked before the decision had no need of a new number: it is «apart». docs/method.md §7.
create or replace temp macro administrative_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    * exclude (verdict),
    case when linked_on < decided_on then 'apart' else verdict end as verdict
from late_verdicts(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group, 30
)
where verdict <> 'young'
    and person_group in (select person_group from code_legal_bases where administrative_number)
    and decided_on >= case when category = 'family' then date '2015-10-01' else date '2016-02-01' end;
