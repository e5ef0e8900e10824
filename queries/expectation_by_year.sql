-- For hvor mange meddelte tilladelser forventes et CPR-nummer, pr. år?
-- For how many granted permits is a CPR-number expected, by year?
--
-- A number is expected for each granted permit registration but those of which one of these holds, the first that does: the person has not entered;
-- the permit lapsed within 90 days of the decision; it is younger than the maturity asked for, if one is. The fraction is of the year's granted
-- permits in scope; permits without a readable decision day stand under “Not stated”.
--
-- forklaring
--   Et CPR-nummer forventes for hver meddelt registrering om opholdstilladelse, medmindre et af følgende forhold gør sig gældende, og det første af
--   dem tæller: Personen er ikke indrejst, tilladelsen er bortfaldet inden 90 dage efter afgørelsen, eller den er yngre end den modenhed, der
--   eventuelt er valgt. Andelen er beregnet af årets meddelte tilladelser inden for den valgte afgrænsning. Tilladelser uden en læsbar afgørelsesdato
--   står under »Uoplyst«.
--
-- params permits
-- columns
--   year         BIGINT                         År | Year
--   expectation  VARCHAR {expectation}          Forventning | Expectation
--   n            BIGINT [permits]               tilladelser | permits
-- result
--   year         BIGINT                         År | Year
--   expectation  VARCHAR {expectation}          Forventning | Expectation
--   n            BIGINT [permits]               tilladelser | permits
--   value        DOUBLE [share]                 andel af årets tilladelser | share of the year's permits
-- rows partition
-- measure unlinked_verdicts
-- needs carl2_permits.lapsed_on
-- without carl2_persons.entered_on: Udtrækket indeholder ikke carl2_persons.entered_on. Det fremgår ikke, hvem der er indrejst, og ingen tilladelser er regnet som ikke indrejst. | The extract does not have carl2_persons.entered_on: who has entered is not known, and no permit counts as not entered.
-- share value of n within year
-- chart stack, x year, y value, series expectation
select
    year,
    coalesce(unexpected, 'expected') as expectation,
    count(*) as n
from permits_in_scope(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, coalesce(unexpected, 'expected')
order by year nulls last, expectation;
