-- What loading needs to understand texts. The one row of «loading» holds what one load was asked: the day, the store's
-- secret, the rule of the numbers.

-- A key is SHA-256 over the store's secret, a word for what is keyed, and the text; the first 64 bits are kept. Cutting the
-- hash off is also what makes a plain prefix with the secret safe: nobody can go on from a state they do not see.
create or replace temp macro key_of(what, text) as
    ('0x' || left(sha256((select secret from loading) || what || ':' || text), 16))::ubigint;

-- A day is four digits, two, two. DuckDB's own cast takes more («infinity», «2013/1/5»), so the text must be what the
-- day prints as.
create or replace temp macro strict_day(text, cast_day) as
    case when length(text) = 10 and cast_day::varchar = text then cast_day end;

-- What is left of a text that should have been a day and is none.
create or replace temp macro no_day(text, cast_day) as
    case when length(text) <> 10 or cast_day::varchar is distinct from text then text end;

-- A CPR-number without the hyphen and the blanks around it; nothing where nothing is left. Most are ten characters that
-- begin with a digit and are taken as they are.
create or replace temp macro digits_of(text) as
    case when length(text) = 10 and text >= '0' then text else nullif(replace(trim(text), '-', ''), '') end;

create or replace temp macro sex_of(text) as case when upper(text) = 'F' then 'K' else upper(text) end;

-- The year that a CPR-number's year and seventh digit stand for.
create or replace temp macro year_of_number(yy, seventh) as
    yy + case
        when seventh <= 3 then 1900
        when seventh in (4, 9) then case when yy <= 36 then 2000 else 1900 end
        else case when yy <= 57 then 2000 else 1800 end
    end;

create or replace temp macro days_in_month(y, m) as
    case
        when m in (1, 3, 5, 7, 8, 10, 12) then 31
        when m in (4, 6, 9, 11) then 30
        when m = 2 then case when y % 4 = 0 and (y % 100 <> 0 or y % 400 = 0) then 29 else 28 end
        else 0
    end;

-- none, malformed, replacement or well_formed. An opaque key has no rules: what is there is well formed.
create or replace temp macro state_of_number(text) as
    case
        when text is null then 'none'
        when (select number_format from loading) = 'opaque' then 'well_formed'
        when not regexp_full_match(text, '[0-9]{10}') then 'malformed'
        when text[1:2]::int - case when text[1:2]::int > 60 then 60 else 0 end
            not between 1 and days_in_month(year_of_number(text[5:6]::int, text[7]::int), text[3:4]::int) then 'malformed'
        when text[1:2]::int > 60 then 'replacement'
        else 'well_formed'
    end;

-- A legal basis as it is compared: without case, blanks, commas and the act's own name.
create or replace temp macro basis_key(text) as
    regexp_replace(regexp_replace(lower(text), '[\s\x{00a0},]', '', 'g'), '^(udlændingelovens|udlændingeloven|udl\.)', '');
