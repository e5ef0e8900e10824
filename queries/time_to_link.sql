-- Hvor lang tid går der fra afgørelse til kobling, pr. kategori?
-- How long does it take from the decision to the link, by category?
--
-- Permits by the day after the decision on which they were linked, lapsed or left the sight of the register (censored, at the as-of day), whichever
-- came first; on one day the link comes before the lapse and the lapse before the end of sight. A link or a lapse before the decision counts as day
-- 0. A lapse whose day is unknown is no lapse: such permits count as linked or censored. Numbers coupled without a link date and malformed and
-- replacement numbers and permits without a person row are not followed. Permits without a readable decision day are not counted.
--
-- forklaring
--   Hver tilladelse følges fra afgørelsen til den dag, hvor den blev koblet, bortfaldt eller ikke kan følges længere, fordi opgørelsesdatoen er nået
--   (censureret), alt efter hvad der kom først. På samme dag går koblingen forud for bortfaldet, og bortfaldet forud for censureringen. En kobling
--   eller et bortfald før afgørelsen regnes som dag 0. Et bortfald på en ukendt dato regnes ikke som bortfald: Sådanne tilladelser tæller som koblede
--   eller censurerede. Numre koblet uden koblingsdato og uafklarede tilladelser, hvor nummeret er et erstatningspersonnummer eller ikke er et
--   CPR-nummer, eller hvor personen ikke findes i CARL2, følges ikke. Tilladelser uden en læsbar afgørelsesdato indgår ikke.
--
-- params permits
-- columns
--   category       VARCHAR {category}   Kategori | Category
--   days           BIGINT               Dage efter afgørelsen | Days after the decision
--   linked         BIGINT [permits]     koblet | linked
--   lapsed         BIGINT [permits]     bortfaldet | lapsed
--   censored       BIGINT [permits]     endnu ikke koblet | not yet linked
--   lapse_undated  BIGINT [permits]     bortfaldet på ukendt dato | lapsed on an unknown day
--   links          BIGINT [permits]     koblet på opgørelsesdatoen | linked by the as-of day
--   undated        BIGINT [permits]     koblet uden koblingsdato | linked without a link date
--   undecided      BIGINT [permits]     uafklaret | cannot be decided
--   oldest         BIGINT [days]        ældste tilladelse | oldest permit
-- result
--   category       VARCHAR {category}   Kategori | Category
--   days           BIGINT               Dage | Days
--   at_risk        BIGINT [permits]     fulgt | at risk
--   linked         BIGINT [permits]     koblet | linked
--   lapsed         BIGINT [permits]     bortfaldet | lapsed
--   censored       BIGINT [permits]     censureret | censored
--   unlinked       DOUBLE [share]       ikke koblet | unlinked
--   low            DOUBLE [share]       nedre grænse, 95 pct.-interval | lower bound, 95 per cent interval
--   high           DOUBLE [share]       øvre grænse, 95 pct.-interval | upper bound, 95 per cent interval
-- rows overlap
-- measure link_delays
-- note Der tildeles ikke administrative CPR-numre på erhvervs-, studie- og EU-området, og mange af disse tilladelser bliver aldrig udnyttet. Andelen uden koblet CPR-nummer må derfor forventes at være højere. | Work, study and EU permits are not given administrative CPR-numbers, and many of them are never used. They must be expected to show a higher unlinked rate.
-- computed survival
-- needs carl2_persons.cpr_linked_on
-- without carl2_permits.lapsed_on (lapsed): Udtrækket indeholder ikke carl2_permits.lapsed_on. Bortfald kan ikke ses, og bortfaldne tilladelser følges derfor, som om de fortsat gjaldt. | The extract does not have carl2_permits.lapsed_on: lapses cannot be seen, so permits that lapsed are followed as if they were still in force.
-- chart step, x days, y unlinked, series category

-- undated and undecided stand in the category's row with the empty day and in no other; links are all numbers coupled by the as-of day, a lapse
-- before or not; oldest is how many days the row's earliest permit could be followed.
with followed as (
    select
        category,
        link_status,
        link_days,
        lapse_days,
        lapse_undated,
        age_days,
        case when link_days is not null then link_days when link_status = 'unlinked' then age_days end as unlapsed_days -- «measured», asked of few rows
    from link_delays(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
),
ends as (
    select
        *,
        case when lapse_days < unlapsed_days then lapse_days else unlapsed_days end as days
    from followed
),
-- Most permits have no day of lapse, and a link date: what either settles is asked first, and counted without a filter, which cuts every column.
counted as (
    select
        category,
        days,
        count(*) as n,
        count(link_days) as dated,
        count(case when lapse_days is not null and lapse_days < link_days then 1 end) as lapsed_before_link,
        count(case when lapse_days is not null and link_days is null then 1 end) as lapsed_unlinked,
        count(case when lapse_undated then 1 end) as lapse_undated,
        count(case when unlapsed_days is null and link_status not in ('malformed', 'replacement', 'no_person') then 1 end) as undated,
        max(age_days) as oldest
    from ends
    group by category, days
)
select
    category,
    days,
    case when days is not null then dated - lapsed_before_link else 0 end as linked,
    case when days is not null then lapsed_before_link + lapsed_unlinked else 0 end as lapsed,
    case when days is not null then n - dated - lapsed_unlinked else 0 end as censored,
    case when days is not null then lapse_undated else 0 end as lapse_undated,
    dated + undated as links,
    undated,
    case when days is null then n - undated else 0 end as undecided,
    case when days is not null then oldest else 0 end as oldest
from counted
order by category = 'unknown', category, days nulls last;
