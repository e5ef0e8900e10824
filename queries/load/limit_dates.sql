-- The pattern of a profile by which most of the texts in decided_on that are no day would be one; no row where no pattern fits most of
-- them. Where day and month could change places, it is the one that fits more of them, and else the Danish one.
create or replace macro fitting(pattern, preferred) as table
select
    pattern as pattern,
    preferred as preferred,
    count(*) filter (where year(try_strptime(trim(text), pattern)) between 1800 and 2199) as fit,
    count(*) as all_texts
from identities.untyped_values
where table_name = 'carl2_permits' and column_name = 'decided_on' and text is distinct from try_cast(text as date)::varchar;

select pattern
from (
    from fitting('%d-%m-%Y', 1)
    union all from fitting('%d.%m.%Y', 2)
    union all from fitting('%d/%m/%Y', 3)
    union all from fitting('%m/%d/%Y', 4)
    union all from fitting('%Y-%m-%d', 5)
    union all from fitting('%Y%m%d', 6)
    union all from fitting('%d%m%Y', 7)
    union all from fitting('%Y/%m/%d', 8)
    union all from fitting('%Y.%m.%d', 9)
    union all from fitting('%d %m %Y', 10)
    union all from fitting('%Y-%m-%d %H:%M:%S', 11)
    union all from fitting('%Y-%m-%dT%H:%M:%S', 12)
    union all from fitting('%d-%m-%Y %H:%M:%S', 13)
    union all from fitting('%d-%m-%Y %H:%M', 14)
    union all from fitting('%d.%m.%Y %H:%M:%S', 15)
    union all from fitting('%d.%m.%Y %H:%M', 16)
)
where fit * 2 > all_texts
order by fit desc, preferred
limit 1;
