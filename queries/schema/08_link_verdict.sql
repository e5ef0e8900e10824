-- What the studies' measure says of a link status: pass when a well-formed number is coupled, whatever CPR says of it, fail when none
-- is, unknown where there is text that is no CPR-number, or no person row; nothing of a permit that was not granted. docs/method.md §7.
create or replace temp macro link_verdict(link_status) as
    case
        when link_status is null then null -- survives: questions ask it of granted permits, compare of all
        when link_status = 'unlinked' then 'fail'
        when link_status in ('malformed', 'replacement', 'no_person') then 'unknown'
        else 'pass'
    end;
