-- Hvor mange tilladelser er uden koblet CPR-nummer ved månedens begyndelse og slutning, og hvad ændrede sig, pr. måned?
-- How many permits are unlinked when a month begins and ends, and what changed, by month?
--
-- The stock of granted permit registrations that are neither linked nor lapsed. The opening were granted before the month and neither linked nor lapsed
-- before it; the granted are decided in it; the linked and the lapsed left the stock in it, by what came first, on one day the link. The closing is
-- opening + granted − linked − lapsed, and the next month's opening. A link or a lapse before the decision counts on the decision's day; a lapse whose
-- day is unknown is none. Numbers coupled without a link date, and malformed and replacement numbers and permits without a person row, are in no stock.
-- The months go on to that of the as-of day, whichever decisions are asked for; before the first plausible decision day (an assumption of the code
-- lists) only those in which something changed stand. Permits without a readable decision day are not counted.
--
-- forklaring
--   Tallene viser beholdningen af meddelte registreringer om opholdstilladelse, der hverken er koblet eller bortfaldet. »Ved månedens begyndelse« er dem,
--   der er meddelt før måneden og hverken er koblet eller bortfaldet før den. »Meddelt« er afgjort i måneden. »Koblet« og »bortfaldet« er udgået af
--   beholdningen i måneden, alt efter hvad der kom først; på samme dag går koblingen forud. »Ved månedens slutning« er beholdningen ved månedens
--   begyndelse plus de meddelte minus de koblede og de bortfaldne, og den er den næste måneds begyndelse. En kobling eller et bortfald før afgørelsen
--   regnes på afgørelsens dato; et bortfald på en ukendt dato regnes ikke som bortfald. Numre koblet uden koblingsdato og uafklarede tilladelser, hvor
--   nummeret er et erstatningspersonnummer eller ikke er et CPR-nummer, eller hvor personen ikke findes i CARL2, er ikke i beholdningen.
--   Månederne fortsætter til opgørelsesdatoens, uanset hvilke afgørelser der er valgt. Før den tidligst mulige afgørelsesdato, som er
--   en antagelse i kodelisterne, er kun de måneder med, hvor noget ændrede sig. Tilladelser uden en læsbar afgørelsesdato indgår ikke.
--
-- params permits
-- columns
--   month          VARCHAR key          Måned | Month
--   opening        BIGINT [permits]     ved månedens begyndelse | opening
--   granted        BIGINT [permits]     meddelt | granted
--   linked         BIGINT [permits]     koblet | linked
--   lapsed         BIGINT [permits]     bortfaldet | lapsed
--   closing        BIGINT [permits]     ved månedens slutning | closing
--   undated        BIGINT [permits]     koblet uden koblingsdato | linked without a link date
--   undecided      BIGINT [permits]     uafklaret | cannot be decided
--   lapse_undated  BIGINT [permits]     bortfaldet på ukendt dato | lapsed on an unknown day
-- result
--   month          VARCHAR key          Måned | Month
--   opening        BIGINT [permits]     ved månedens begyndelse | opening
--   granted        BIGINT [permits]     meddelt | granted
--   linked         BIGINT [permits]     koblet | linked
--   lapsed         BIGINT [permits]     bortfaldet | lapsed
--   closing        BIGINT [permits]     ved månedens slutning | closing
-- rows overlap
-- measure stock_stays
-- computed stock
-- needs carl2_persons.cpr_linked_on
-- without carl2_permits.lapsed_on (lapsed): Udtrækket indeholder ikke carl2_permits.lapsed_on. Bortfald kan ikke ses, og bortfaldne tilladelser er derfor fortsat i beholdningen. | The extract does not have carl2_permits.lapsed_on: lapses cannot be seen, so permits that lapsed stay in the stock.
-- chart line, x month, y closing
with counted as (
    select
        decided_on,
        ended_on,
        grouping(decided_on) as by_end,
        count(*) as n,
        count(case when measured then 1 end) as granted,
        count(case when not measured and standing = 'undecided' then 1 end) as undecided, -- of few rows «standing» is asked
        count(case when lapse_undated and measured then 1 end) as lapse_undated,
        count(case when linked_first then 1 end) as linked
    from stock_stays(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by grouping sets ((decided_on), (ended_on))
),
granted_on as (
    select decided_on as day, n, granted, undecided, lapse_undated
    from counted
    where by_end = 0
),
ended_on as (
    select ended_on as day, n as ended, linked
    from counted
    where by_end = 1 and ended_on is not null
),
moved as (
    select month_number_of(day) as month_number, granted, 0 as linked, 0 as ended, n - granted - undecided as undated, undecided, lapse_undated
    from granted_on
    union all
    select month_number_of(day), 0, linked, ended, 0, 0, 0
    from ended_on
    union all
    select m.month_number, 0, 0, 0, 0, 0, 0
    from generate_series(
        (select month_number_of(min(day)) from granted_on where (day < (select decided_on from first_plausible_days)) is distinct from true),
        month_number_of((select as_of from snapshot))
    ) m(month_number)
),
by_month as (
    select
        month_number,
        sum(granted)::bigint as granted,
        sum(linked)::bigint as linked,
        sum(ended - linked)::bigint as lapsed,
        sum(undated)::bigint as undated,
        sum(undecided)::bigint as undecided,
        sum(lapse_undated)::bigint as lapse_undated
    from moved
    group by month_number
),
closed as (
    select
        *,
        sum(granted - linked - lapsed) over (order by month_number)::bigint as closing
    from by_month
)
select
    month_of(month_number) as month,
    closing - granted + linked + lapsed as opening,
    granted,
    linked,
    lapsed,
    closing,
    undated,
    undecided,
    lapse_undated
from closed
order by month_number; -- survives: DuckDB groups whole numbers in order, and promises it nowhere
