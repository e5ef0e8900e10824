-- Hvor mange udenlandske statsborgere med bopæl ifølge CPR er uden kendt opholdsgrundlag, pr. statsborgerskabsgruppe?
-- How many foreign citizens resident in CPR have no known basis of residence, by citizenship group?
--
-- Foreign citizens resident in CPR (status 01 and 03). The basis is known when CARL2 carries the number, as any of a person's, on a person with
-- a granted permit, lapsed or not. It is unknown where CARL2 carries only an older number that leads to this one.
-- The group is that of the as-of day. Nordic citizens need no permit: they are a row of their own, and out of the whole.
--
-- forklaring
--   Tallene omfatter udenlandske statsborgere med bopæl ifølge CPR (status 01 og 03). Opholdsgrundlaget er kendt, når CARL2 har CPR-nummeret,
--   eventuelt som et af flere, på en person med en meddelt tilladelse, også selv om den er bortfaldet. Det er uafklaret, når CARL2 kun har et ældre
--   nummer, som det nuværende har afløst. Gruppen er den, som statsborgerskabet hører til på opgørelsesdatoen. Statsborgere i de øvrige nordiske lande
--   behøver ikke opholdstilladelse; de står i deres egen række og indgår ikke i det samlede.
--
-- columns
--   citizenship_group  VARCHAR {citizenship_group}    Statsborgerskabsgruppe | Citizenship group
--   pass               BIGINT [persons]               opholdsgrundlag kendt | basis known
--   fail               BIGINT [persons]               opholdsgrundlag ikke kendt | basis not known
--   unknown            BIGINT [persons]               uafklaret | unknown
-- rows partition
-- apart citizenship_group nordic: Statsborgere i de øvrige nordiske lande behøver ikke opholdstilladelse. At deres opholdsgrundlag ikke er kendt, er derfor ingen mangel, og de indgår ikke, hvor rækker er regnet sammen. | Citizens of the other Nordic countries need no permit. That their basis is not known is no gap, and they are left out where rows are counted together.
-- measure coverage_verdicts
-- needs cpr_persons.status
-- needs cpr_persons.citizenship
-- without cpr_persons.current_cpr_number (rate, rate_low, rate_high): Udtrækket indeholder ikke cpr_persons.current_cpr_number. Det kan ikke ses, om CARL2 har et ældre nummer, som det nuværende har afløst. Opholdsgrundlaget er derfor uafklaret, når CARL2 ikke har det nuværende nummer. | The extract does not have cpr_persons.current_cpr_number: whether CARL2 carries an older number that leads to this one cannot be seen. So the basis is unknown wherever CARL2 does not carry the number itself.
-- note Et opholdsgrundlag kan kun være kendt, når tilladelsen er i CARL2; undersøgelserne af CARL2 omfatter tilladelser fra 1997 og frem. Personer, der er indvandret før de tidligste tilladelser i udtrækket, tæller som »opholdsgrundlag ikke kendt«, uden at det er en mangel. | A basis can be known only where the permit is in CARL2; the studies of CARL2 are of permits from 1997 on. Persons who immigrated before the earliest permits of the extract count as “basis not known”, which is no gap.
-- chart bar, x citizenship_group, y rate
select
    citizenship_group,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from coverage_verdicts
group by citizenship_group
order by citizenship_group = 'unknown', citizenship_group;
