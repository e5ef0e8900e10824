-- The last rows of a file of permits, as load/below_table looks at them: whether a row is surely one, whether it says nothing that every
-- permit has, and whether that alone tells that it is none.
create or replace table tail as
select
    rowid as row,
    permit_id as key,
    permit_id is null and person_id is null and decision is null as is_blank,
    person_id is not null and decision is not null and (decided_on is not null or decided_on_text is not null) as is_row,
    (nothing_or_count(person_id) or like_a_note(person_id)) and decision is null and decided_on is null and decided_on_text is null as lacks,
    person_id is null and decision is null and decided_on is null and decided_on_text is null as tells
from staged_carl2_permits
where rowid >= greatest($first_row, $next_row - 100) and rowid < $next_row;
