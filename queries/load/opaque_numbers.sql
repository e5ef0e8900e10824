-- An opaque key has no rules: a hyphen is a character of it. Only blanks around it are taken off.
create or replace temp macro digits_of(text) as trimmed(text);
