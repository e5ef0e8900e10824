-- Every number of the two registers, CARL2's one a person and CPR's one a record, with what loading found wrong with it and
-- whether the row states the day of birth and the sex that the number can be held against.
create or replace temp view numbers as
select
    'carl2' as register,
    p.person_key as row_key,
    f.fault,
    f.birth_differs,
    f.sex_differs,
    p.birth_year is not null as birth_known,
    p.sex in ('M', 'K') as sex_known
from carl2_persons p
left join number_faults f on f.register = 'carl2' and f.row_key = p.person_key
where p.number_state <> 'none'
union all
select
    'cpr',
    c.number_key,
    f.fault,
    f.birth_differs,
    f.sex_differs,
    c.birth_year is not null,
    c.sex in ('M', 'K')
from cpr_persons c
left join number_faults f on f.register = 'cpr' and f.row_key = c.number_key;

-- A number held against the four rules of a CPR-number, one after the other: ten digits («format») that make a day
-- («date»), which is not a replacement number's («replacement»), and a weighted sum that leaves the remainder it should
-- («remainder»). What breaks one rule is unknown to the rules after it; so is a wrong remainder on a 1 January to the last.
create or replace temp view number_verdicts as
select
    n.register,
    n.row_key, -- survives: for drill-down
    r.rule,
    case
        when n.fault is null or r.place < f.place then 'pass'
        when n.fault = r.rule then 'fail'
        else 'unknown'
    end as verdict
from numbers n
cross join (values (1, 'format'), (2, 'date'), (3, 'replacement'), (4, 'remainder')) r(place, rule)
left join (values (1, 'format'), (2, 'date'), (3, 'replacement'), (4, 'remainder'), (4, 'january')) f(place, fault) on f.fault = n.fault;

-- Whether the day of birth and the sex of a register's row are those that its number says. Where the row does not state
-- the fact, or the number makes no day, nothing can be said.
create or replace temp view birth_and_sex_verdicts as
select
    n.register,
    n.row_key, -- survives: for drill-down
    t.fact,
    case
        when n.fault in ('format', 'date', 'replacement') then 'unknown'
        when t.fact = 'birth_date' and n.birth_differs or t.fact = 'sex' and n.sex_differs then 'fail'
        when t.fact = 'birth_date' and n.birth_known or t.fact = 'sex' and n.sex_known then 'pass'
        else 'unknown'
    end as verdict
from numbers n
cross join (values ('birth_date'), ('sex')) t(fact);
