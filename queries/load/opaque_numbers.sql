-- An opaque key has no rules: a hyphen is a character of it.
create or replace macro digits_of(text) as nullif(text, '');
