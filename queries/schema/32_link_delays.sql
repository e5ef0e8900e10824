-- How long each permit with a decision day took to be linked, in whole days. docs/method.md §7.
--
-- «standing» says what can be measured: «dated» is a coupled number with a link date, «undated» one without, «unlinked»
-- no number, «undecided» a text that is no CPR-number, a replacement number or no person row. Only a well-formed number has
-- a link date in the snapshot, so the date is asked first: it settles most permits. Dated and unlinked ones are «measured».
-- A link before the decision counts as day 0. A lapse counts from the day it is known to have happened by the as-of day; a
-- permit that is known to have lapsed, but not when, has «lapse_undated».
create or replace temp macro link_delays(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    case when linked_on is not null then greatest(linked_on - decided_on, 0) end as link_days,
    case when lapsed_on is not null and lapsed_on - decided_on <= age_days then greatest(lapsed_on - decided_on, 0) end as lapse_days,
    decision in ('lapsed', 'revoked') and lapsed_on is null as lapse_undated,
    case when linked_on is not null then true else link_status = 'unlinked' end as measured, -- «or» reads the text of every row
    case
        when linked_on is not null then 'dated'
        when link_status = 'unlinked' then 'unlinked'
        when link_status in ('malformed', 'replacement', 'no_person') then 'undecided'
        else 'undated'
    end as standing
from permits_in_scope(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
)
where decided_on is not null;
