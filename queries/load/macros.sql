-- What loading needs to understand texts. The one row of «loading» holds what one load was asked: the day, and the rule of
-- the numbers. The keys (person_key, number_key, permit_key) are functions that package store adds.

-- The day of a time stamp in ISO's form, «2013-12-31 13:45:00» or with T: the time is read over. With a zone it is an instant, and
-- has the day that it was in Denmark.
create or replace macro day_of_time_stamp(text) as
    case
        when not regexp_full_match(
            text, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?'
        ) then null
        when regexp_matches(text[17:], '[Z+-]')
            then (try_cast(regexp_replace(text, '([+-][0-9]{2})([0-9]{2})$', '\1:\2') as timestamptz) at time zone 'Europe/Copenhagen')::date
        when try_cast(text as timestamp)::date::varchar = text[:10] then try_cast(text as timestamp)::date
    end;

-- A day is four digits, two, two, and perhaps a time. DuckDB's own cast takes more («infinity», «2013/1/5»), so the text must be
-- what the day prints as. The cast is handed in, computed once: these macros run on every date of every row.
create or replace macro strict_day(text, cast_day) as
    case
        when text is null then cast_day
        when length(text) = 10 then case when cast_day::varchar = text then cast_day end
        when length(text) > 15 then day_of_time_stamp(text)
    end;

-- What is left of a text that should have been a day and is none.
create or replace macro no_day(text, day) as case when day is null then text end;

-- A day of which only the year, or year and month, are known: CPR writes zeros for the rest. It was read as a day and is none, so that no
-- other pattern reads it.
create or replace macro day_in_part(text) as
    regexp_matches(text, '^(1[89]|20)[0-9]{2}[-./]?([0-9]{2}[-./]?00|00[-./]?[0-9]{2})([0-9]{4})?$|^([0-9]{2}[-./]?00|00[-./]?[0-9]{2})[-./]?(1[89]|20)[0-9]{2}$');

-- What nobody sees: spaces of every width and of none, line breaks, marks of byte order and of direction, as IsBlank of registers/characters has it.
create or replace macro blank() as
    '[\x00-\x20\x7f-\xa0\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{1680}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{2000}-\x{200f}\x{2028}-\x{202f}'
    || '\x{205f}-\x{206f}\x{2800}\x{3000}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff9}-\x{fffb}\x{e0000}-\x{e0fff}]';

-- A text without the blanks around it.
create or replace macro trimmed(text) as
    nullif(regexp_replace(text, '^' || blank() || '+|' || blank() || '+$', '', 'g'), '');

-- Ids, codes, numbers and days are read without the blanks around them, which are told as a finding.
create or replace macro blanks_around(text) as regexp_matches(text, '^' || blank() || '|' || blank() || '$');

create or replace macro without_blanks(text) as case when blanks_around(text) then trimmed(text) else text end;

-- A letter may be delivered as one character or as several; texts that are compared have it as one. Below 300 nothing has two forms.
create or replace macro composed(text) as
    case when regexp_matches(text, '[^\x{0}-\x{2ff}]') then nfc_normalize(text) else text end;

-- The columns whose bits are set, of at most sixteen.
create or replace macro columns_of_bits(bits, columns) as list_filter(columns, lambda c, i: (bits >> (i - 1)) & 1 = 1);

-- A CPR-number without the hyphen; nothing where nothing is left. Most are ten characters that begin with a digit and are
-- taken as they are.
create or replace macro digits_of(text) as
    case when length(text) = 10 and text >= '0' then text else nullif(replace(text, '-', ''), '') end;

-- The CPR-numbers that may be meant by a text, however many digits it has: any ten in a row, any nine with the zero that they may have lost, and the
-- serial before the day. A letter O may be a nought, and I, l or a bar a one. Of a long text the first hundred digits count.
create or replace macro digits_within(text) as left(regexp_replace(text, '[^0-9]', '', 'g'), 100);

create or replace macro numbers_of_digits(digits) as list_concat(
    [lpad(digits, 10, '0'), right(digits, 6) || left(digits, 4)],
    list_concat(
        list_transform(range(1, length(digits) - 8), lambda i: substr(digits, i, 10)),
        list_transform(range(1, length(digits) - 7), lambda i: '0' || substr(digits, i, 9))
    )
);

create or replace macro numbers_within(text) as list_distinct(list_concat(
    numbers_of_digits(digits_within(text)),
    numbers_of_digits(digits_within(translate(text, 'OoIl|', '00111')))
));

-- Where a column came in another's place, a number or a name stands where a code or a day should. What could be one goes to
-- the snapshot as its pattern only: each digit a 9, each letter an A or an a, of whichever script; what nobody sees is a question mark, and a long text is cut. The
-- text itself stays with the identities. What could be a number or a day of birth is judged by functions that package store adds.
create or replace macro pattern_of(text) as
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    case when length(text::varchar) > 200 then left(text::varchar, 199) || '…' else text::varchar end,
                    '[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}\p{Nl}\p{No}]', 'a', 'g'
                ),
                '\p{Lu}', 'A', 'g'
            ),
            '\p{Nd}', '9', 'g'
        ),
        '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]', '?', 'g'
    );

-- The words of a name, without initials.
create or replace macro words_of(name) as
    list_filter(regexp_split_to_array(lower(strip_accents(name)), '[^\p{L}\p{M}]+'), lambda word: length(word) > 1);

-- The words of a text that may be a name: what goes before a name or beside it is none of it, nor are initials beside other words. Letters
-- that all stand apart are one word.
create or replace macro goes_beside_a_name(word) as word in (
    'hr', 'herr', 'fru', 'frk', 'froken', 'frøken', 'mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'navn', 'fornavn', 'efternavn', 'name', 'alias', 'kaldet', 'aka',
    'født', 'død', 'born', 'mor', 'far', 'barn', 'søn', 'datter', 'gift', 'vedr', 'vedrørende', 'sag', 'og', 'and', 'år', 'ar',
    'von', 'van', 'zu', 'zur', 'af', 'de', 'del', 'della', 'der', 'den', 'du', 'la', 'le', 'al', 'el', 'bin', 'ibn'
);

create or replace macro words_of_text(text) as
    case
        when regexp_full_match(text, '[^\p{L}]*\p{L}\p{M}*([^\p{L}\p{M}]+\p{L}\p{M}*){3,}[^\p{L}\p{M}]*')
            then words_of(regexp_replace(text, '[^\p{L}\p{M}]', '', 'g'))
        when len(words_of(regexp_replace(text, '\b[A-Z]{2}\b', ' ', 'g'))) > 0
            then list_filter(words_of(regexp_replace(text, '\b[A-Z]{2}\b', ' ', 'g')), lambda word: not goes_beside_a_name(word))
        else words_of(text)
    end;

-- Letters, and what stands between the words of a name; digits may stand beside it, but not in it.
create or replace macro like_a_name(text) as
    length(text) > 1
    and regexp_full_match(text, '[^§]*\p{L}[^§]*')
    and not regexp_matches(text, '[\p{L}_][0-9]|[0-9][\p{L}_]')
    and len(words_of_text(text)) > 0
    and (not regexp_matches(text, '[0-9]') or len(list_filter(words_of_text(text), lambda word: length(word) > 2)) > 0);

-- An id has a digit in it, but for a shared key of any other form.
create or replace macro is_like_an_id(text) as
    regexp_matches(text, '[0-9]') or length(text) >= 5 and (select number_format from loading) = 'opaque';

-- The digits of an id without its letters and the zeros in front; of fewer than five, or of digits with letters between, nothing.
create or replace macro digits_of_id(id) as
    case
        when regexp_full_match(id, '[^0-9]*[0-9]([^\p{L}0-9]{0,3}[0-9]){4,}[^0-9]*')
            then nullif(regexp_extract(regexp_replace(id, '[^0-9]', '', 'g'), '^0*([1-9][0-9]{4,})$', 1), '')
    end;

-- Whether an id may have one of the keys whose last five characters those are. Taking the letters off every id costs more than staging it:
-- one that ends in five digits has them in its key, too. Most end in a digit that no key ends in, which is seen sooner.
create or replace macro may_have_key(id, endings, other_digits) as
    not contains(other_digits, id[-1]) and (list_contains(endings, right(id, 5)) or not regexp_full_match(right(id, 5), '[0-9]{5}'));

-- The digits that none of the texts ends in.
create or replace macro digits_not_last(texts) as
    translate('0123456789', list_aggregate(list_transform(texts, lambda text: text[-1]), 'string_agg', ''), '');

-- A number of ten digits among the codes is hidden by its looks.
create or replace macro may_be_no_number(text) as
    length(text) <> 10 or (select number_format from loading) = 'opaque' or not regexp_full_match(text, '[0-9]{10}');

create or replace macro code_columns() as
    ['sex', 'status', 'citizenship', 'municipality_code', 'decision', 'category', 'legal_basis', 'person_group'];

create or replace macro sex_of(text) as case when upper(text) = 'F' then 'K' else upper(text) end;

-- The year that a CPR-number's year and seventh digit stand for.
create or replace macro year_of_number(yy, seventh) as
    yy + case
        when seventh <= 3 then 1900
        when seventh in (4, 9) then case when yy <= 36 then 2000 else 1900 end
        else case when yy <= 57 then 2000 else 1800 end
    end;

create or replace macro is_leap(y) as y % 4 = 0 and (y % 100 <> 0 or y % 400 = 0);

-- Whether day and month of a CPR-number make a date; only the 29th of February needs the year.
create or replace macro day_exists(d, m, y) as
    case
        when m = 2 and d = 29 then is_leap(y)
        when m = 2 then d between 1 and 28
        when m in (4, 6, 9, 11) then d between 1 and 30
        else m between 1 and 12 and d between 1 and 31
    end;

-- The ten digits of a CPR-number as one whole number, or nothing. Taking a whole number apart is several times as fast as
-- cutting a text.
create or replace macro whole_number(text) as
    case when regexp_full_match(text, '[0-9]{10}') then try_cast(text as bigint) end;

-- none, malformed, replacement (60 is added to the day) or well_formed, from the text, its whole number, and that number's
-- day (without the 60) and month. An opaque key has no rules: what is there is well formed.
create or replace macro state_of_number(text, n, d, m) as
    case
        when text is null then 'none'::number_state
        when (select number_format from loading) = 'opaque' then 'well_formed'::number_state
        when n is null then 'malformed'::number_state
        when not day_exists(d, m, year_of_number(n // 10000 % 100, n // 1000 % 10)) then 'malformed'::number_state
        when n >= 6100000000 then 'replacement'::number_state
        else 'well_formed'::number_state
    end;

-- What the weighted sum of a CPR-number's ten digits leaves when divided by 11; the weights are 4 3 2 7 6 5 4 3 2 1.
--
-- A digit is what is left of it, (n // 10^k) - 10 (n // 10^(k+1)), and -10 leaves what 1 does: so the number without its last k digits has
-- the weight of its own last digit and that of the one behind it: 1, 1 + 2, 2 + 3, 3 + 4, 4 + 5, 5 + 6 (which leaves nothing), 6 + 7, 7 + 2,
-- 2 + 3 and 3 + 4. That spares a division for each digit.
create or replace macro remainder_of(n) as
    (
        n + 3 * (n // 10) + 5 * (n // 100) + 7 * (n // 1000) + 9 * (n // 10000)
        + 2 * (n // 1000000) + 9 * (n // 10000000) + 5 * (n // 100000000) + 7 * (n // 1000000000)
    ) % 11;

-- The whole number of a loaded number, whose state is known; an opaque key has none.
create or replace macro number_of(text, state) as
    case
        when (select number_format from loading) = 'opaque' then null
        when state = 'malformed' then whole_number(text)
        else text::bigint
    end;

-- The day of birth that a well-formed number tells, as a whole number: 19610605.
create or replace macro day_of_number(n) as
    year_of_number(n // 10000 % 100, n // 1000 % 10) * 10000 + n // 1000000 % 100 * 100 + n // 100000000;

-- The first rule that a number breaks: format (not ten digits), date (they make no day), replacement (60 is added to the day),
-- born_after_as_of (its day of birth lies after the as-of day), remainder (the weighted sum leaves another one than it should), or january: that too, but on a 1 January, for which numbers have
-- been issued without a check digit. NULL where it breaks none; an opaque key has no rules.
create or replace macro fault_of_number(text, n, state, born) as
    case
        when text is null or (select number_format from loading) = 'opaque' then null
        when n is null then 'format'::number_fault
        when state = 'malformed' then 'date'::number_fault
        when state = 'replacement' then 'replacement'::number_fault
        when born > (select year(as_of) * 10000 + month(as_of) * 100 + day(as_of) from loading) then 'born_after_as_of'::number_fault
        when remainder_of(n) = (select number_remainder from loading) then null
        when n // 1000000 = 101 then 'january'::number_fault
        else 'remainder'::number_fault
    end;

-- Whether a row's day of birth, or its sex, is another than a well-formed number's.
create or replace macro birth_differs(born, state, birth_date) as
    coalesce(state = 'well_formed' and born <> year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date), false);

create or replace macro sex_differs(n, state, sex) as
    coalesce(state = 'well_formed' and ((sex = 'M' and n % 2 = 0) or (sex = 'K' and n % 2 = 1)), false);

-- The age group of an age in whole years; «unknown» where there is none.
create or replace macro age_group_of(age) as
    case
        when age < 15 then '0-14'::age_group
        when age < 18 then '15-17'::age_group
        when age < 25 then '18-24'::age_group
        when age < 40 then '25-39'::age_group
        when age < 60 then '40-59'::age_group
        when age >= 60 then '60+'::age_group
        else 'unknown'::age_group
    end;

-- A legal basis as it is compared: without case, blanks, commas and the act's own name.
create or replace macro basis_key(text) as
    regexp_replace(regexp_replace(lower(text), '[\s\x{00a0},]', '', 'g'), '^(udlændingelovens|udlændingeloven|udl\.)', '');

-- A day that is written by the extract's own pattern, as the days that are read here: 2013-12-31. What the pattern does not
-- fit stays as it is, to be a finding, and so does a year of less than four digits; a text that looks like a day here
-- and is none by the pattern gets a blank before it, so that it is not taken for one.
create or replace macro iso_day(text, pattern) as
    case
        when text is null then null
        when year(try_strptime(text, pattern)) >= 1000 then strftime(try_strptime(text, pattern), '%Y-%m-%d')
        when strict_day(text, try_cast(text as date)) is not null then ' ' || text
        else text
    end;

-- A long number that a spreadsheet cut short, as 1,23457E+16.
create or replace macro cut_short(text) as contains(text, '+') and regexp_full_match(text, '[0-9]([.,][0-9]+)?[eE][+][0-9]{2,3}');

-- What is wrong with a text that should have been a number or a code of so many digits: with one fewer, the zero in front went where it
-- was taken for a number. None begins with two.
create or replace macro with_lost_zeros(reason, text, digits) as
    case when length(text) = digits - 1 and regexp_full_match(text, '[0-9]+') then [reason::varchar, 'lost_zeros'] else [reason::varchar] end;

-- A whole number is its digits, however it is written: 1.0 is what 1 becomes in a column of fractions.
create or replace macro whole_text(text) as
    case
        when regexp_full_match(text, '-?[0-9]+[.,]00?') then regexp_extract(text, '-?[0-9]+')
        when cut_short(text) then coalesce(try_cast(try_cast(replace(text, ',', '.') as double) as hugeint)::varchar, text)
        else text
    end;

-- How notes and totals below a table are told from its rows: words have blanks between them, or no digit; a total has counts. A letter or
-- two are somebody's id sooner than a word.
create or replace macro like_a_note(key) as regexp_matches(key, '\p{L}{3}') and (contains(trim(key), ' ') or not regexp_matches(key, '[0-9]'));

create or replace macro nothing_or_count(text) as text is null or regexp_full_match(text, '[0-9]{1,6}|[0-9]{1,3}([., ][0-9]{3}){1,2}');

-- What may be a header again, dashes or a count of rows: registers.NoRow looks at it.
create or replace macro may_be_no_row(text, names) as
    list_contains(names, lower(trimmed(text))) or regexp_matches(text, '^[-=_+|:*~─━═–—(]') or regexp_matches(lower(text), '^[0-9]+ (row|rec|ræk)');

-- A value of a Parquet file as the text that a CSV file or a workbook would have.
create or replace macro parquet_text(value) as nullif(value::varchar, '');

-- A column of bytes is a text that is not marked as one; that it is UTF-8 was seen before.
create or replace macro bytes_text(value) as nullif(decode(value), '');

create or replace macro boolean_text(value) as upper(value::varchar);

create or replace macro decimal_text(value) as rtrim(rtrim(value::varchar, '0'), '.');

-- A fraction that is none is the whole number; one that is no number is no value.
create or replace macro number_text(value) as
    case
        when isnan(value) then null
        when value = trunc(value) and abs(value) < 1e38 then value::hugeint::varchar
        else value::varchar
    end;

-- A time at midnight is a day; of an instant, where it is midnight in Denmark, or else in UTC. Which zone the reading machine is in
-- plays no part.
create or replace macro timestamp_text(value) as
    case when value = date_trunc('day', value) then value::date::varchar else value::varchar end;

create or replace macro instant_text(value) as
    case
        when value at time zone 'Europe/Copenhagen' = date_trunc('day', value at time zone 'Europe/Copenhagen')
            then (value at time zone 'Europe/Copenhagen')::date::varchar
        else timestamp_text(value at time zone 'UTC')
    end;

-- In a column of days it is its day.
create or replace macro timestamp_day(value) as value::date::varchar;

create or replace macro instant_day(value) as (value at time zone 'Europe/Copenhagen')::date::varchar;

-- Whether a permit was ever granted: what has lapsed or was revoked was granted before.
create or replace macro was_granted(decision) as decision in ('granted', 'lapsed', 'revoked');
