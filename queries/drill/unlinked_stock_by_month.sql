-- Hvilke tilladelser ligger bag cellen?
-- Which permits stand behind the cell?
--
-- Each permit of the stock of a month once for every count it is in, as unlinked_stock_by_month counts it: keys, not people. Without a month the whole time is
-- one: all that was granted, linked or lapsed, and what is in the stock on the as-of day. A parameter that is NULL restricts nothing.
--
-- params permits
--   at_month      VARCHAR          måneden; NULL hele tiden | the month; NULL the whole time
--   at_counted    VARCHAR          opening, granted, linked, lapsed eller closing; NULL alle | opening, granted, linked, lapsed or closing; NULL any
--   rows          BIGINT = 1000    hvor mange der vises | how many are listed
-- columns
--   permit_key    VARCHAR record                    Tilladelse (nøgle) | Permit (key)
--   decided_on    DATE attribute                    Afgjort | Decided
--   category      VARCHAR {category} attribute      Kategori | Category
--   person_group  VARCHAR {person_group} attribute  Persongruppe | Person group
--   link_status   VARCHAR {link_status} attribute   Koblingsstatus | Link status
--   linked_on     DATE attribute                    Koblet | Linked
--   ended_on      DATE attribute                    Udgået af beholdningen | Left the stock
--   counted       VARCHAR {stock} attribute         Talt som | Counted as
-- measure stock_stays
with stays as (
    select
        *,
        coalesce(month_number_of(ended_on), 1000000) as end_month,
        try_cast(left($at_month, 4) as bigint) * 12 + try_cast(right($at_month, 2) as bigint) - 1 as at_month
    from stock_stays(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    where measured
),
counted as (
    select
        *,
        unnest([
            case when month_number < at_month and end_month >= at_month then 'opening' end,
            case when $at_month is null or month_number = at_month then 'granted' end,
            case when ($at_month is null or end_month = at_month) and ended_on is not null then case when linked_first then 'linked' else 'lapsed' end end,
            case when ($at_month is null or month_number <= at_month) and end_month > coalesce(at_month, 999999) then 'closing' end
        ]) as counted
    from stays
)
select
    format('{:016x}', permit_key) as permit_key,
    decided_on,
    category,
    person_group,
    link_status,
    linked_on,
    ended_on,
    counted
from counted
where counted is not null
    and ($at_counted is null or counted = $at_counted)
order by decided_on, permit_key, counted
limit $rows;
