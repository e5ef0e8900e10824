-- Hvad kendetegner de tilladelser, der ikke er koblet, sammenholdt med de koblede?
-- What tells the unlinked permits from the linked ones?
--
-- Granted permits by the studies' measure, without the unknown. For each value of a characteristic its share among the unlinked and its share among
-- the linked, and the standardised difference between the two: their difference over the root of the mean of their variances, which does not grow
-- with the number of permits. The largest differences stand first, whichever way they go; by convention 0.1 is a difference worth a look. It
-- describes, and says nothing of causes: characteristics go together.
-- A municipality is among the 10 with the most granted permits of the snapshot, the 30 next, or the others. A characteristic
-- whose column the extracts do not have has no rows.
--
-- forklaring
--   Tallene omfatter meddelte tilladelser opgjort som i undersøgelserne, bortset fra de uafklarede. For hver værdi af et kendetegn er vist dens andel
--   af de ikke koblede og dens andel af de koblede samt den standardiserede forskel mellem dem: forskellen divideret med kvadratroden af gennemsnittet
--   af de to varianser, som ikke vokser med antallet af tilladelser. De største forskelle står først, uanset fortegn. En forskel på 0,1 regnes normalt
--   for værd at se nærmere på. Forskellene er beskrivende og siger intet om årsager, da kendetegnene hænger sammen indbyrdes.
--   En kommune er blandt de 10 med flest meddelte tilladelser i opgørelsen, de 30 næste eller de øvrige. Et kendetegn, som udtrækkene ikke oplyser, har
--   ingen rækker.
--
-- params permits
-- columns
--   characteristic  VARCHAR {characteristic}        Kendetegn | Characteristic
--   value           VARCHAR {characteristic_value}  Værdi | Value
--   unlinked        BIGINT [permits]                ikke koblet | unlinked
--   linked          BIGINT [permits]                koblet | linked
-- result
--   characteristic  VARCHAR {characteristic}        Kendetegn | Characteristic
--   value           VARCHAR {characteristic_value}  Værdi | Value
--   unlinked        BIGINT [permits]                ikke koblet | unlinked
--   linked          BIGINT [permits]                koblet | linked
--   share_unlinked  DOUBLE [share]                  andel af ikke koblede | share of the unlinked
--   share_linked    DOUBLE [share]                  andel af koblede | share of the linked
--   difference      DOUBLE [sd]                     standardiseret forskel | standardised difference
-- rows overlap
-- computed characteristics
-- without carl2_persons.citizenship: Udtrækket indeholder ikke carl2_persons.citizenship. Statsborgerskab er ikke vist. | The extract does not have carl2_persons.citizenship: citizenship is left out.
-- without carl2_persons.sex: Udtrækket indeholder ikke carl2_persons.sex. Køn er ikke vist. | The extract does not have carl2_persons.sex: sex is left out.
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Alder er ikke vist. | The extract does not have carl2_persons.birth_date: age is left out.
-- without carl2_permits.municipality_code: Udtrækket indeholder ikke carl2_permits.municipality_code. Kommunestørrelse er ikke vist. | The extract does not have carl2_permits.municipality_code: size of municipality is left out.
-- chart difference, x value, y difference
with counted as (
    select
        category,
        citizenship_group,
        sex,
        age_group,
        municipality_given,
        year,
        link_verdict(link_status) as verdict,
        grouping(category) as of_place,
        count(*) as n
    from permits_in_scope(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by grouping sets ((category, citizenship_group, sex, age_group, link_status), (municipality_given, year, link_status))
),
of_persons as (
    select category, citizenship_group, sex, age_group, verdict, n -- survives: DuckDB reads a bare «from» as all columns, and the next asks for these
    from counted
    where of_place = 0
),
of_places as (
    select coalesce(municipality_given, 'unknown') as municipality_code, year, verdict, n
    from counted
    where of_place = 1
),
valued as (
    select 'category' as characteristic, category::varchar as value, verdict, n from of_persons
    union all
    select 'citizenship_group', citizenship_group::varchar, verdict, n from of_persons
    union all
    select 'sex', sex, verdict, n from of_persons
    union all
    select 'age_group', age_group::varchar, verdict, n from of_persons
    union all
    select 'municipality_size', s.size, p.verdict, p.n
    from of_places p
    join municipality_sizes s on s.municipality_code = p.municipality_code
    union all
    select 'year', coalesce(year::varchar, 'unknown'), verdict, n from of_places
)
select
    characteristic,
    value,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as unlinked,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as linked
from valued
semi join delivered_characteristics using (characteristic)
where verdict <> 'unknown'
group by characteristic, value
order by characteristic, value = 'unknown', value;
