-- The texts in the columns of codes as types, so that a row takes two bytes for one and not the text: those that were seen while the
-- files were scanned, and those of the code lists, of which the types of the snapshot are made. The members stand in byte order.
create type person_text as enum (
    select text
    from delivered_texts
    where type_name = 'person_text'
    union
    select code
    from citizenship_codes
    order by text
);

create type permit_text as enum (
    select text
    from delivered_texts
    where type_name = 'permit_text'
    union
    select person_group
    from group_meanings
    union
    select 'unknown'
    order by text
);

drop table delivered_texts;
