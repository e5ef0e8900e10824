-- The numbers of both registers that something is wrong with, one row a number: CARL2's are the persons' own, by person_key;
-- CPR's are the records', by number_key. What is wrong with nothing has no row.
--
-- «fault» is the first rule that the number breaks: format (not ten digits), date (they make no day), replacement (60 is
-- added to the day), remainder (the weighted sum leaves another one than it should), or january: that too, but on a 1 January, for
-- which numbers have been issued without a check digit. The other two say that the row's own day of birth or sex is another than
-- a well-formed number's. An opaque key has no rules.
create table snapshot.number_faults as
with carried as (
    select 'carl2' as register, person_key as row_key, cpr_number, number_state, birth_date, sex
    from merged_persons
    where cpr_number is not null
    union all
    select 'cpr', number_key, cpr_number, number_state, birth_date, sex
    from staged_cpr_persons
),
numbered as (
    select
        *,
        case when number_state = 'malformed' then whole_number(cpr_number) else cpr_number::bigint end as n
    from carried
    where (select number_format from loading) <> 'opaque'
),
judged as (
    select
        register,
        row_key,
        case
            when n is null then 'format'
            when number_state = 'malformed' then 'date'
            when number_state = 'replacement' then 'replacement'
            when remainder_of(n) = (select number_remainder from loading) then null
            when n // 1000000 = 101 then 'january'
            else 'remainder'
        end as fault,
        number_state = 'well_formed' and (
            day(birth_date) <> n // 100000000
            or month(birth_date) <> n // 1000000 % 100
            or year(birth_date) <> year_of_number(n // 10000 % 100, n // 1000 % 10)
        ) as birth_differs,
        number_state = 'well_formed' and ((sex = 'M' and n % 2 = 0) or (sex = 'K' and n % 2 = 1)) as sex_differs
    from numbered
)
select
    register,
    row_key,
    fault,
    birth_differs is true as birth_differs,
    sex_differs is true as sex_differs
from judged
where fault is not null or birth_differs or sex_differs;
