-- The texts in columns of codes that no code list knows. «hidden» is what could be somebody's number or birth date, and what is
-- somebody's name or id: it goes to the file that questions read as its pattern, and the text itself stays with the identities.
--
-- A column with more of them than «most_unknown_texts» holds no codes: all are hidden, and the types of codes, which every reader of
-- the snapshot takes into memory, stay small.
create or replace table unknown_codes as
with unknown as (
    select
        d.table_name,
        d.column_name,
        d.text,
        count(*) over (partition by d.table_name, d.column_name) as texts
    from delivered_codes d
    anti join known_codes k on k.column_name = d.column_name and k.code = d.text
    where d.text is not null
)
select
    table_name,
    column_name,
    text,
    like_a_number(text) or like_a_day(text) or texts > (select value::integer from snapshot.code_assumptions where name = 'most_unknown_texts') as hidden
from unknown;

create or replace macro unknown_texts(of_table, of_column) as table
select text
from unknown_codes
where table_name = of_table and column_name = of_column;

create or replace macro hidden_texts(of_table, of_column) as table
select text
from unknown_codes
where hidden and table_name = of_table and column_name = of_column;
