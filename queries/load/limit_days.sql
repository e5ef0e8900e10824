-- The texts in a column of days that are none, with how many rows each stands in, the commonest first. Of a text with more digits than a
-- day has, or of none, nothing can be learnt.
with texts as (
    select text
    from everybody.untyped_values
    where table_name = $table_name and column_name = $column_name
    union all
    select birth_date_text
    from everybody.carl2_persons
    where $table_name = 'carl2_persons' and $column_name = 'birth_date'
    union all
    select birth_date_text
    from everybody.cpr_persons
    where $table_name = 'cpr_persons' and $column_name = 'birth_date'
)
select trim(text) as text, count(*) as n
from texts
where text is distinct from try_cast(text as date)::varchar and not day_in_part(text)
group by trim(text)
order by n desc, trim(text)
limit 10000;
