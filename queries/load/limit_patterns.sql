-- What the texts of a column look like that broke a limit, the commonest first: digits are 9, letters A or a, an empty text is empty. The
-- ids of permits and persons are looked at in both tables, for the two to be held against each other.
with texts as (
    select trim(text) as text
    from everybody.untyped_values
    where table_name = $table_name and column_name = $column_name
        and (column_name = 'category' or text is distinct from try_cast(text as date)::varchar and not day_in_part(text))
    union all
    select birth_date_text
    from everybody.carl2_persons
    where $table_name = 'carl2_persons' and $column_name = 'birth_date' and not day_in_part(birth_date_text)
    union all
    select birth_date_text
    from everybody.cpr_persons
    where $table_name = 'cpr_persons' and $column_name = 'birth_date' and not day_in_part(birth_date_text)
    union all
    select coalesce(decision::varchar, '')
    from snapshot.carl2_permits
    where $column_name = 'decision' and granted is not true and (decision is null or decision::varchar not in ('refused', 'withdrawn', 'pending'))
    union all
    select cpr_number
    from everybody.carl2_persons
    where $table_name = 'carl2_persons' and $column_name = 'cpr_number'
        and state_of_number(cpr_number, whole_number(cpr_number), whole_number(cpr_number) // 100000000 % 60, whole_number(cpr_number) // 1000000 % 100) = 'malformed'
    union all
    select cpr_number
    from everybody.cpr_persons
    where $table_name = 'cpr_persons' and $column_name = 'cpr_number'
        and state_of_number(cpr_number, whole_number(cpr_number), whole_number(cpr_number) // 100000000 % 60, whole_number(cpr_number) // 1000000 % 100) = 'malformed'
    union all
    select person_id
    from everybody.carl2_permits
    where $table_name = 'carl2_permits' and $column_name = 'person_id'
    union all
    select person_id
    from everybody.carl2_persons
    where $table_name = 'carl2_persons' and $column_name = 'person_id'
)
select pattern_of(text) as pattern
from texts
where length(text) between 0 and 40
group by pattern
order by count(*) desc, pattern
limit 3;
