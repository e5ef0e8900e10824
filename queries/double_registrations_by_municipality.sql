-- Hvor mange CPR-numre er slettet som dobbeltnumre, pr. kommune?
-- How many CPR-numbers are deleted as double numbers, by municipality?
--
-- CPR's records with status 50: a person had two numbers, and this one was deleted. The municipality is that of the number that holds, at the end of
-- the chain; it is unknown where the chain leads nowhere or in a circle. Those that began administratively are counted among them, too:
-- numbers that still stand at an office of administrative numbers, or were registered before the person immigrated. Administrative numbers are
-- meant to prevent double registration.
--
-- forklaring
--   Tallene omfatter poster i CPR med status 50: Personen havde to numre, og det ene er slettet. Kommunen er den, som CPR oplyser for det gældende
--   nummer, som det slettede er afløst af, eventuelt over flere led. Den er uoplyst, hvis der ikke er et gældende nummer i CPR. Det er opgjort, hvor mange
--   af numrene der begyndte som administrative: De står fortsat hos et kontor for administrative numre eller er registreret før personens
--   indvandring. Administrative numre skal netop forebygge dobbeltregistrering.
--
-- columns
--   municipality_code  VARCHAR                           Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality} attribute  Kommune | Municipality
--   n                  BIGINT [numbers]                  dobbeltnumre | double numbers
--   administrative     BIGINT [numbers]                  heraf begyndt som administrative numre | of these begun as administrative numbers
-- rows partition
-- needs cpr_persons.status
-- needs cpr_persons.current_cpr_number
-- needs cpr_persons.municipality_code
-- without cpr_persons.registered_on (administrative): Udtrækket indeholder ikke cpr_persons.registered_on. Det kan ikke ses, om et nummer er registreret før indvandringen. | The extract does not have cpr_persons.registered_on: whether a number was registered before the immigration cannot be seen.
-- without cpr_persons.immigrated_on (administrative): Udtrækket indeholder ikke cpr_persons.immigrated_on. Det kan ikke ses, om et nummer er registreret før indvandringen. | The extract does not have cpr_persons.immigrated_on: whether a number was registered before the immigration cannot be seen.
-- chart bar, x municipality_name, y n
with counted as (
    select
        municipality_code,
        count(*) as n,
        count(*) filter (where administrative) as administrative
    from double_numbers
    group by municipality_code
),
named as (
    select code, name as municipality_name
    from code_municipalities
)
select
    c.municipality_code,
    coalesce(n.municipality_name, 'unknown') as municipality_name,
    c.n,
    c.administrative
from counted c
left join named n on n.code = c.municipality_code
order by c.municipality_code = 'unknown', c.municipality_code; -- survives: DuckDB happens to give few numbers in their order, and promises it nowhere
