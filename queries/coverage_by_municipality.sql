-- Hvor mange udenlandske statsborgere med bopæl ifølge CPR er uden kendt opholdsgrundlag, pr. kommune?
-- How many foreign citizens resident in CPR have no known basis of residence, by municipality?
--
-- Foreign citizens resident in CPR (status 01 and 03). The basis is known when CARL2 carries the number, as any of a person's, on a person with
-- a granted permit, lapsed or not. It is unknown where CARL2 carries only an older number that leads to this one.
-- The municipality is CPR's. Nordic citizens need no permit: they are counted apart.
--
-- forklaring
--   Tallene omfatter udenlandske statsborgere med bopæl ifølge CPR (status 01 og 03). Opholdsgrundlaget er kendt, når CARL2 har CPR-nummeret,
--   eventuelt som et af flere, på en person med en meddelt tilladelse, også selv om den er bortfaldet. Det er uafklaret, når CARL2 kun har et ældre
--   nummer, som det nuværende har afløst. Kommunen er den, som CPR oplyser. Statsborgere i de øvrige nordiske lande behøver ikke opholdstilladelse
--   og er opgjort særskilt.
--
-- columns
--   municipality_code  VARCHAR                           Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality} attribute  Kommune | Municipality
--   pass               BIGINT [persons]                  opholdsgrundlag kendt | basis known
--   fail               BIGINT [persons]                  opholdsgrundlag ikke kendt | basis not known
--   unknown            BIGINT [persons]                  uafklaret | unknown
--   apart              BIGINT [persons]                  nordiske statsborgere med bopæl, som ikke behøver opholdstilladelse | resident Nordic citizens, who need no permit
-- rows partition
-- measure coverage_apart_verdicts
-- needs cpr_persons.status
-- needs cpr_persons.citizenship
-- needs cpr_persons.municipality_code
-- without cpr_persons.current_cpr_number (rate, rate_low, rate_high): Udtrækket indeholder ikke cpr_persons.current_cpr_number. Det kan ikke ses, om CARL2 har et ældre nummer, som det nuværende har afløst. Opholdsgrundlaget er derfor uafklaret, når CARL2 ikke har det nuværende nummer. | The extract does not have cpr_persons.current_cpr_number: whether CARL2 carries an older number that leads to this one cannot be seen. So the basis is unknown wherever CARL2 does not carry the number itself.
-- note Et opholdsgrundlag kan kun være kendt, når tilladelsen er i CARL2; undersøgelserne af CARL2 omfatter tilladelser fra 1997 og frem. Personer, der er indvandret før de tidligste tilladelser i udtrækket, tæller som »opholdsgrundlag ikke kendt«, uden at det er en mangel. | A basis can be known only where the permit is in CARL2; the studies of CARL2 are of permits from 1997 on. Persons who immigrated before the earliest permits of the extract count as “basis not known”, which is no gap.
-- chart bar, x municipality_name, y rate
with counted as (
    select
        municipality_code,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown,
        count(*) filter (where verdict = 'apart') as apart
    from coverage_apart_verdicts
    group by municipality_code
),
named as (
    select code, name as municipality_name
    from code_municipalities
)
select
    c.municipality_code,
    coalesce(n.municipality_name, 'unknown') as municipality_name,
    c.pass,
    c.fail,
    c.unknown,
    c.apart
from counted c
left join named n on n.code = c.municipality_code
order by c.municipality_code = 'unknown', c.municipality_code;
