-- Hvor mange udenlandske statsborgere med bopæl ifølge CPR er uden kendt opholdsgrundlag, pr. indvandringsår?
-- How many foreign citizens resident in CPR have no known basis of residence, by year of immigration?
--
-- Foreign citizens resident in CPR (status 01 and 03). The basis is known when CARL2 carries the number, as any of a person's, on a person with a
-- granted permit, lapsed or not. It is unknown where CARL2 carries only an older number that leads to this one. The year is that of the first
-- immigration; who has no such day in CPR, or one after the as-of day, stands under “Not stated”. Nordic citizens need no permit: they are counted
-- apart.
--
-- forklaring
--   Tallene omfatter udenlandske statsborgere med bopæl ifølge CPR (status 01 og 03). Opholdsgrundlaget er kendt, når CARL2 har CPR-nummeret,
--   eventuelt som et af flere, på en person med en meddelt tilladelse, også selv om den er bortfaldet. Det er uafklaret, når CARL2 kun har et ældre
--   nummer, som det nuværende har afløst. Året er det, hvor personen første gang indvandrede. Personer uden en sådan dato i CPR, eller med en dato
--   efter opgørelsesdatoen, står under »Uoplyst«. Statsborgere i de øvrige nordiske lande behøver ikke opholdstilladelse og er opgjort særskilt.
--
-- columns
--   year               BIGINT                            Indvandringsår | Year of immigration
--   pass               BIGINT [persons]                  opholdsgrundlag kendt | basis known
--   fail               BIGINT [persons]                  opholdsgrundlag ikke kendt | basis not known
--   unknown            BIGINT [persons]                  uafklaret | unknown
--   apart              BIGINT [persons]                  nordiske statsborgere med bopæl, som ikke behøver opholdstilladelse | resident Nordic citizens, who need no permit
-- rows partition
-- measure coverage_apart_verdicts
-- needs cpr_persons.status
-- needs cpr_persons.citizenship
-- needs cpr_persons.immigrated_on
-- without cpr_persons.current_cpr_number (rate, rate_low, rate_high): Udtrækket indeholder ikke cpr_persons.current_cpr_number. Det kan ikke ses, om CARL2 har et ældre nummer, som det nuværende har afløst. Opholdsgrundlaget er derfor uafklaret, når CARL2 ikke har det nuværende nummer. | The extract does not have cpr_persons.current_cpr_number: whether CARL2 carries an older number that leads to this one cannot be seen. So the basis is unknown wherever CARL2 does not carry the number itself.
-- note CPR oplyser den første indvandring. Er en person udrejst og senere indvandret igen, fremgår det ikke, og personen står under det første år. | CPR gives the first immigration. That a person left and came back is not seen: such a person stands under the first year.
-- note Et opholdsgrundlag kan kun være kendt, når tilladelsen er i CARL2; undersøgelserne af CARL2 omfatter tilladelser fra 1997 og frem. Er andelen 100 pct. eller tæt på for indvandringsår før de tidligste tilladelser i udtrækket, viser det, hvornår registret begynder, og hverken en mangel eller en udvikling. | A basis can be known only where the permit is in CARL2; the studies of CARL2 are of permits from 1997 on. Where the rate is 100 per cent or close to it for years of immigration before the earliest permits of the extract, that shows where the register begins, and neither a gap nor a trend.
-- chart line, x year, y rate, from pass
select
    immigration_year as year,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown,
    count(*) filter (where verdict = 'apart') as apart
from coverage_apart_verdicts
group by immigration_year
order by immigration_year nulls last;
