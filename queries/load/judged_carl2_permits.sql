-- The rows of permits as load/below_table and load/between_rows look at them: whether a row is surely one, whether it says nothing that every
-- permit has, and whether that alone tells that it is none.
create or replace view judged_rows as
select
    rowid as row,
    permit_id as key,
    permit_id is null and person_id is null and decision is null as is_blank,
    person_id is not null and decision is not null and (decided_on is not null or decided_on_text is not null) as is_row,
    decided_on is null and (
        decision is null and decided_on_text is null and (nothing_or_count(person_id) or like_a_note(person_id))
        or nothing_or_count(person_id) and nothing_or_count(decided_on_text) and like_a_total(permit_id)
    ) as lacks,
    person_id is null and decision is null and decided_on is null and decided_on_text is null as tells
from staged_carl2_permits;
