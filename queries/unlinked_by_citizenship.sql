-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. statsborgerskab?
-- How many permits have no CPR-number coupled, by citizenship?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The citizenship is CARL2's: CPR's four digits, or as delivered, with the name unknown, where the list of countries does not hold it. The name
-- is the Danish one of the list.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Statsborgerskabet er det, som CARL2 oplyser, med CPR's firecifrede
--   kode. En kode, der ikke findes på listen over lande, er vist, som den er leveret, og navnet er uoplyst. Navnene er listens danske navne.
--
-- params permits
-- columns
--   citizenship       VARCHAR                      Statsborgerskab | Citizenship
--   citizenship_name  VARCHAR {country} attribute  Land | Country
--   pass              BIGINT [permits]             koblet | linked
--   fail              BIGINT [permits]             ikke koblet | unlinked
--   unknown           BIGINT [permits]             uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs carl2_persons.citizenship
-- chart bar, x citizenship_name, y rate
with counted as (
    select
        citizenship,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by citizenship
),
named as (
    select code, name_da as citizenship_name
    from code_countries
)
select
    c.citizenship,
    coalesce(n.citizenship_name, 'unknown') as citizenship_name,
    c.pass,
    c.fail,
    c.unknown
from counted c
left join named n on n.code = c.citizenship
order by c.citizenship = 'unknown', c.citizenship;
