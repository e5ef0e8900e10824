-- The band that a permit's age in days belongs to, by the band's first day; NULL where there is none. docs/method.md §5.
create or replace temp macro age_band(days) as
    case
        when days < 30 then 0
        when days < 90 then 30
        when days < 180 then 90
        when days < 365 then 180
        when days < 730 then 365
        when days < 1095 then 730
        when days < 1825 then 1095
        when days < 3650 then 1825
        when days >= 3650 then 3650
    end;
