-- Every number of the two registers, CARL2's one a person and CPR's one a record, with what loading found wrong with it and
-- whether the row states the day of birth and the sex that the number can be held against. Opaque keys say nothing and have
-- no rules: of them there is no row. docs/method.md §7.
create or replace temp view numbers as
select
    'carl2' as register,
    person_key, -- survives: for drill-down
    number_key, -- survives: for drill-down
    number_fault as fault,
    birth_differs,
    sex_differs,
    birth_year is not null as birth_known,
    sex in ('M', 'K') as sex_known
from carl2_persons
where number_state <> 'none'
    and (select number_format from snapshot) = 'cpr' -- survives: a case has no profile; store's TestOpaqueNumbers has
union all
select
    'cpr',
    null, -- survives: for drill-down
    number_key, -- survives: for drill-down
    number_fault,
    birth_differs,
    sex_differs,
    birth_year is not null,
    sex in ('M', 'K')
from cpr_persons
where (select number_format from snapshot) = 'cpr'; -- survives: as above

-- The rules of a CPR-number, in their order. Whether somebody is born by the as-of day is found at loading, as all of them are; a
-- snapshot that knows no first plausible days was loaded before it was, and has nothing to say of it.
create or replace temp view number_rules as
select place, rule -- survives: DuckDB reads a bare «from» as this
from (values (1, 'format'), (2, 'date'), (3, 'replacement'), (4, 'born_after_as_of'), (5, 'remainder')) r(place, rule)
where rule <> 'born_after_as_of'
    or exists (select 1 from code_assumptions where name = 'first_plausible_birth_date');

-- The numbers held against the rules of a CPR-number, one after the other: ten digits («format») that make a day
-- («date»), which is not a replacement number's («replacement») and not after the as-of day («born_after_as_of»), and a weighted sum
-- that leaves the remainder it should («remainder»). What breaks one rule is unknown to the rules after it; so is a wrong remainder on a 1
-- January to the last.
-- Numbers with the same fault are alike to every rule: they are one row, and n says how many they are.
create or replace temp view number_verdicts as
with alike as (
    select
        register,
        fault,
        count(*) as n
    from numbers
    group by register, fault
)
select
    a.register,
    a.fault, -- survives: for drill-down
    r.rule,
    case
        when a.fault is null or r.place < f.place then 'pass'
        when a.fault = r.rule then 'fail'
        else 'unknown'
    end as verdict,
    a.n
from alike a
cross join number_rules r
left join (
    select place, rule as fault
    from number_rules
    union all
    select 5, 'january'
) f on f.fault = a.fault;

-- Whether the day of birth and the sex of a register's rows are those that their numbers say. Where a row does not state
-- the fact, or the number makes no day, nothing can be said; a fact that the register's extract does not carry is no row. Rows that are alike in all this are one row, n of them.
create or replace temp view birth_and_sex_verdicts as
with alike as (
    select
        register,
        fault,
        birth_differs,
        sex_differs,
        birth_known,
        sex_known,
        count(*) as n
    from numbers
    group by register, fault, birth_differs, sex_differs, birth_known, sex_known
),
facts as (
    select distinct
        case table_name when 'cpr_persons' then 'cpr' else 'carl2' end as register,
        column_name as fact
    from delivered_columns
    where table_name in ('carl2_persons', 'cpr_persons')
        and column_name in ('birth_date', 'sex')
)
select
    a.register,
    a.fault, -- survives: for drill-down
    a.birth_differs, -- survives: for drill-down
    a.sex_differs, -- survives: for drill-down
    a.birth_known, -- survives: for drill-down
    a.sex_known, -- survives: for drill-down
    t.fact,
    case
        when a.fault in ('format', 'date', 'replacement') then 'unknown'
        when t.fact = 'birth_date' and a.birth_differs or t.fact = 'sex' and a.sex_differs then 'fail'
        when t.fact = 'birth_date' and a.birth_known or t.fact = 'sex' and a.sex_known then 'pass'
        else 'unknown'
    end as verdict,
    a.n
from alike a
join facts t on t.register = a.register;
