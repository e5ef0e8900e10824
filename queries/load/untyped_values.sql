-- The texts that were not understood, as they were delivered. Apart are those of protected persons' rows, and of anybody's row that have a protected
-- person's number or a word of the name in them: it may be a shifted row, or say who somebody's relative is.
create table protected.untyped_values as
with protected_rows as (
    select 'cpr_persons' as table_name, number_key as row_key from protected.cpr_persons
    union
    select 'carl2_persons', person_key from protected.carl2_persons
    union
    select 'carl2_permits', permit_key from protected.carl2_permits
),
protected_words as (
    select cpr_number as word from protected.cpr_persons
    union
    select cpr_number from protected.carl2_persons
    union
    select cpr_number from guarded_numbers
    union
    select unnest(list_concat(words_of(coalesce(family_name, '')), words_of(coalesce(given_name, '')))) from protected.cpr_persons
    union
    select unnest(list_concat(words_of(coalesce(family_name, '')), words_of(coalesce(given_name, '')))) from protected.carl2_persons
),
words as (
    select text, unnest(list_concat(words_of(text), numbers_within(plain_text(text)))) as word
    from (select distinct text from everybody.untyped_values)
),
protected_texts as (
    select distinct text
    from words
    semi join protected_words using (word)
)
select u.table_name, u.row_key, u.column_name, u.text
from everybody.untyped_values u
left join protected_rows p on p.table_name = u.table_name and p.row_key = u.row_key
left join protected_texts t on t.text = u.text
where p.row_key is not null or t.text is not null;

create table identities.untyped_values as
with apart as (
    select distinct table_name, row_key, column_name, text from protected.untyped_values
)
select
    u.table_name,
    u.row_key,
    p.row_key is not null as protected,
    u.column_name,
    case when p.row_key is null then u.text end as text
from everybody.untyped_values u
left join apart p on p.table_name = u.table_name and p.row_key = u.row_key and p.column_name = u.column_name and p.text = u.text;

-- As far as they may be seen by everybody: a day that is none, and a category of no list, as delivered; what could
-- be a number, a name or an id as its pattern. Of the columns of codes, only categories stand here that are not hidden.
--
-- A day is hidden, too, where it is the birth date of the row's own person, in whichever pattern; and where most days of a column are, all of it is.
create table snapshot.untyped_values as
with day_values as (
    select *
    from everybody.untyped_values
    where not list_contains(code_columns(), column_name)
),
day_texts as materialized (
    select
        text,
        day_may_be_seen(text) as may_be_seen,
        day_keys(text) as keys,
        case when day_keys(text) = '' or regexp_full_match(text, '[0-9]{5}') then digits_of_id(text) end as digits
    from (select distinct text from day_values)
),
sought as (
    select endings, digits_not_last(endings) as other_digits
    from (select list(distinct right(digits, 5)) as endings from day_texts where may_be_seen and digits is not null)
),
somebodys as (
    select d.text
    from day_texts d
    semi join (
        select digits_of_id(id) as digits
        from (
            select person_id as id from everybody.carl2_persons
            union all
            select permit_id from everybody.carl2_permits
            union all
            select person_id from everybody.carl2_permits
            union all
            select person_id from everybody.cpr_persons
        )
        cross join sought s
        where s.endings is not null and may_have_key(id, s.endings, s.other_digits)
    ) i on i.digits = d.digits
    where d.may_be_seen
),
-- The rows whose birth date is asked for, which are few.
asked as (
    select distinct v.table_name, v.row_key
    from day_values v
    join day_texts t on t.text = v.text and t.may_be_seen and t.keys <> ''
),
holders as (
    select permit_key, person_key
    from snapshot.carl2_permits
    where permit_key in (select row_key from asked where table_name = 'carl2_permits')
),
births as (
    select 'carl2_persons' as table_name, person_key as row_key, birth_date, cpr_number
    from everybody.carl2_persons
    union all
    select 'cpr_persons', number_key, birth_date, cpr_number
    from everybody.cpr_persons
    union all
    select 'carl2_permits', s.permit_key, p.birth_date, p.cpr_number
    from holders s
    join everybody.carl2_persons p on p.person_key = s.person_key
),
of_birth as (
    select
        v.table_name,
        v.column_name,
        v.row_key,
        v.text,
        bool_or(list_contains(string_split(t.keys, ' '), strftime(b.birth_date, '%d%m%y')) or list_contains(string_split(t.keys, ' '), b.cpr_number[:6])) as is_birth
    from day_values v
    join day_texts t on t.text = v.text and t.may_be_seen and t.keys <> ''
    join births b on b.table_name = v.table_name and b.row_key = v.row_key
    where b.birth_date is not null or b.cpr_number is not null
    group by v.table_name, v.column_name, v.row_key, v.text
),
birth_columns as (
    select table_name, column_name
    from of_birth
    group by table_name, column_name
    having 2 * count(*) filter (where is_birth) > count(*)
)
select
    v.table_name,
    v.row_key,
    v.column_name,
    case
        when u.hidden is false then v.text
        when t.may_be_seen and s.text is null and o.is_birth is not true and c.table_name is null then v.text
        else pattern_of(v.text)
    end as text
from everybody.untyped_values v
left join unknown_codes u on u.table_name = v.table_name and u.column_name = v.column_name and u.text = v.text
left join day_texts t on t.text = v.text and not list_contains(code_columns(), v.column_name)
left join somebodys s on s.text = v.text
left join (select distinct table_name, column_name, row_key, text, is_birth from of_birth where is_birth) o
    on o.table_name = v.table_name and o.column_name = v.column_name and o.row_key = v.row_key and o.text = v.text
left join birth_columns c on c.table_name = v.table_name and c.column_name = v.column_name
order by v.table_name, v.column_name, v.row_key, v.text;
