-- How long each permit is in the stock of the unlinked: from its decision until it is linked or lapses, whichever comes first, on one day the link;
-- «ended_on» is NULL where it still is in it on the as-of day. A link or a lapse before the decision counts on the decision's day, a lapse whose day
-- is unknown is none. What has a number without a link date, or is undecided, is in no stock: nobody knows when it left. docs/method.md §7.
create or replace temp macro stock_stays(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
) as table
select
    *,
    case
        when lapse_days is not null then case when measured then greatest(least(linked_on, lapsed_on), decided_on) end
        when linked_on is not null then greatest(linked_on, decided_on)
    end as ended_on,
    linked_on is not null and (lapse_days < link_days) is distinct from true as linked_first
from link_delays(
    from_day, to_day, categories, expected, first_only, once_per_person, maturity, of_municipality, of_citizenship, of_group
);

-- The number of a day's month, as granted_permits has it.
create or replace temp macro month_number_of(day) as year(day) * 12 + month(day) - 1;
