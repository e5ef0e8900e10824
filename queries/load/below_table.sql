-- What stands below a table and is no row of it: a note, its source, a total. Where it stands: behind the last row that surely is one.
-- What it lacks: all that a row has beside its key, but for counts. And it reads as a note, which no key above it does; or blank rows
-- stand before it; or it is a count below keys that all have letters; or what it lacks tells by itself. What is lacking behind the first such row is below the table, too.
--
-- What stands between rows load/between_rows judges.
insert into rejected_rows
with tail as (
    select * from judged_rows where row >= greatest($first_row, $next_row - 100) and row < $next_row
),
seen as (
    select
        *,
        coalesce(like_a_note(key), false) as noted,
        coalesce(bool_or(like_a_note(key)) over above, false) as noted_above,
        coalesce(nothing_or_count(key) and bool_and(regexp_matches(key, '\p{L}')) over above, false) as counted,
        coalesce(lag(is_blank) over (order by row), false) or list_contains($after_blanks, row) as after_blanks,
        count(*) over above as rows_above
    from tail
    window above as (order by row rows between unbounded preceding and 1 preceding)
),
below as (
    select *
    from seen
    where row > (select coalesce(max(row) filter (where is_row), -1) from tail) and lacks and key is not null and rows_above > 0
),
first_note as (
    select min(row) as row
    from below
    where noted and not noted_above or like_a_total(key) or counted or after_blanks or tells and exists (select 1 from tail where is_row)
)
select $table_name, below.row, 'below_table'
from below
join first_note on below.row >= first_note.row;
