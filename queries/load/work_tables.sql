-- The closed lists of words, as types: a value takes a byte, and is written and grouped in a fraction of a text's time. Members
-- stand in byte order, so that a column sorts as its text does.
create type number_state as enum ('malformed', 'none', 'replacement', 'well_formed');

create type link_status as enum (
    'conflict', 'linked', 'linked_unverified', 'malformed', 'no_person', 'not_in_cpr', 'replacement', 'superseded', 'unlinked'
);

create type not_expected as enum ('lapsed', 'not_entered');

create type category as enum ('asylum', 'brexit', 'eu', 'family', 'other', 'study', 'ukraine', 'unknown', 'work');

create type age_group as enum ('0-14', '15-17', '18-24', '25-39', '40-59', '60+', 'unknown');

create type citizenship_group as enum ('danish', 'eu_eea_ch', 'nordic', 'other', 'unknown');

create type number_fault as enum ('born_after_as_of', 'date', 'format', 'january', 'remainder', 'replacement');

create type leads_to as enum ('nobody', 'none', 'other', 'this');

create type carried as enum ('older', 'this');

-- What one load was asked, in one row; which rows of a staged table came from which file; what cannot be loaded, and what
-- was loaded although it is wrong.
create table loading (
    as_of date,
    number_format varchar,
    number_remainder tinyint,
    cpr_loaded boolean,
    cpr_has_status boolean,
    lapse_days integer
);

create table file_rows (table_name varchar, file_number bigint, first_row bigint, next_row bigint);

-- What columns of codes hold.
create table delivered_texts (type_name varchar, text varchar);

create table rejected_rows (table_name varchar, row_number bigint, reason varchar);

-- How many keys of a table stand in several rows.
create table repeated_keys (table_name varchar, keys bigint);

-- Of each column of days: how many texts are one, how many are none, and how many of those are days in part, as 1961-00-00 is.
create table read_days (table_name varchar, column_name varchar, days bigint, no_days bigint, in_part bigint);

create table found_rows (table_name varchar, row_number bigint, column_name varchar, reason varchar);

-- Numbers and those that replaced them, as CPR's fixed width delivers them apart from the persons.
create table replaced_numbers (cpr_number varchar, current_cpr_number varchar);

-- The numbers of records of protection that were rejected, with a row among the persons or without.
create table guarded_numbers (cpr_number varchar);

create table snapshot.delivered_columns (table_name varchar, column_name varchar);

-- Texts that were not understood, as they were delivered: a column may have come in another's place.
-- Whatever file it goes to in the end, loading looks up everybody.
create schema everybody;

create table everybody.untyped_values (table_name varchar, row_key ubigint, column_name varchar, text varchar);
