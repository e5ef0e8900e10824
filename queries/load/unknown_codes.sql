-- The texts in columns of codes that no code list knows. «hidden» is what could be somebody's number or birth date, and what is
-- somebody's name or id: it goes to the file that questions read as its pattern, and the text itself stays with the identities.
--
-- A column whose texts are mostly unknown holds no codes, whatever they look like: all of them are hidden, and the types of codes, which
-- every reader of the snapshot takes into memory, stay small. Of a few unknown texts nothing can be said but by each of them. Names
-- that the lists have beside their codes, and citations of provisions, are nobody's. CPR's offices of administrative numbers are in no list of municipalities, and known. What is hidden in one column is in all.
create or replace table unknown_codes as
with unknown as (
    select
        d.table_name,
        d.column_name,
        d.text,
        plain_text(d.text) as plain,
        cites(d.text) or l.name is not null as nobodys
    from delivered_codes d
    anti join known_codes k on k.column_name = d.column_name and k.code = d.text
    left join listed_names l on l.column_name = d.column_name and l.name = lower(d.text)
    where d.text is not null
        and not (d.table_name = 'cpr_persons' and d.column_name = 'municipality_code' and administrative_office(d.text))
),
texts_of as (
    select table_name, column_name, count(text) as n
    from delivered_codes
    group by table_name, column_name
),
no_codes as (
    select u.table_name, u.column_name
    from unknown u
    join texts_of t using (table_name, column_name)
    where not u.nobodys
    group by u.table_name, u.column_name
    having count(*) >= (select value::integer from snapshot.code_assumptions where name = 'judged_unknown_texts')
        and 100 * count(*) > (select value::integer from snapshot.code_assumptions where name = 'most_unknown_percent') * max(t.n)
)
select
    u.table_name,
    u.column_name,
    u.text,
    u.plain,
    u.nobodys,
    bool_or(case when n.table_name is not null then not u.nobodys else could_identify(u.text) end) over (partition by u.text) as hidden
from unknown u
left join no_codes n using (table_name, column_name);

create or replace macro unknown_texts(of_table, of_column) as table
select text
from unknown_codes
where table_name = of_table and column_name = of_column;

create or replace macro hidden_texts(of_table, of_column) as table
select text
from unknown_codes
where hidden and table_name = of_table and column_name = of_column;

-- What is left to be looked up among the registers' names and ids.
create or replace table looked_for as
select distinct text, plain
from unknown_codes
where not hidden and not nobodys;
