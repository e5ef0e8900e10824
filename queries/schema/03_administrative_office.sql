-- The offices that issue administrative numbers, which stand in CPR where a municipality does: a number of theirs has status 20. They are codes of CPR's
-- records and no municipalities. docs/method.md §4.
create or replace temp macro administrative_office(municipality) as coalesce(municipality, '') in ('0010', '0011', '0012', '0019');
