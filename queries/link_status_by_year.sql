-- Hvad er der blevet af de meddelte tilladelser, pr. år?
-- What became of the granted permits, by year?
--
-- Each granted permit registration has one link status, the first that applies. The fraction is of the year's granted permits in
-- scope; permits without a readable decision day stand in the rows with the empty year.
--
-- params
--   from_day      DATE             first decision day; NULL from the beginning
--   to_day        DATE             last decision day; NULL to the end
--   categories    VARCHAR[]        categories of residence; NULL all
--   expected      BOOLEAN = false  only permits for which a number is expected
--   first_only    BOOLEAN = false  only each person's first granted permit
--   maturity      BIGINT = 0       days a permit must be old for a number to be expected
--   municipality  VARCHAR          code of the municipality of allocation; NULL all
--   citizenship   VARCHAR          the person's citizenship, four digits; NULL all
--   person_group  VARCHAR          person group; NULL all
-- columns
--   year         BIGINT                         År | Year
--   link_status  VARCHAR {link_status}          Koblingsstatus | Link status
--   n            BIGINT [permits]               tilladelser | permits
-- result
--   year         BIGINT                         År | Year
--   link_status  VARCHAR {link_status}          Koblingsstatus | Link status
--   n            BIGINT [permits]               tilladelser | permits
--   value        DOUBLE [share]                 andel af årets tilladelser | share of the year's permits
-- measure unlinked_verdicts
-- share value of n within year
-- chart stack, x year, y value, series link_status
select
    year,
    link_status,
    count(*) as n
from permits_in_scope(
    $from_day, $to_day, $categories, $expected, $first_only, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, link_status
order by year nulls last, link_status;
