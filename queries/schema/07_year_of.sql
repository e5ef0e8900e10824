-- The year of a day of CPR. A day after the as-of day is a finding and has no year of its own. docs/method.md §3.
create or replace temp macro year_by_as_of(some_day) as
    case when some_day <= (select as_of from snapshot) then year(some_day) end;
