-- Whether a row lies where a cell was pointed at: its value of a key, as the answer shows it, an empty one as an empty text. A NULL restricts nothing.
create or replace temp macro in_cell(value, pointed_at) as
    pointed_at is null or coalesce(value::varchar, '') = pointed_at;
