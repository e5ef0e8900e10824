-- Hvor mange udenlandske statsborgere med bopæl ifølge CPR har ingen gældende opholdstilladelse, pr. kategori?
-- How many foreign citizens resident in CPR have no permit in force, by category?
--
-- Foreign citizens resident in CPR (status 01 and 03) whose number CARL2 carries, as any of a person's, on a person with a granted permit. One has a
-- permit in force when any of the granted permits is neither lapsed nor revoked by the as-of day and its last day is empty, the as-of day or
-- later. A lapsed permit whose lapse day is not known has lapsed; a lapse day after the as-of day is not yet a lapse.
-- The category is that of the latest granted permit. Whoever CARL2 does not know is not counted here, but in coverage. Nordic citizens need no
-- permit: they are counted apart.
--
-- forklaring
--   Tallene omfatter udenlandske statsborgere med bopæl ifølge CPR (status 01 og 03), hvis CPR-nummer CARL2 har, eventuelt som et af flere, på en person
--   med en meddelt tilladelse. En person har en gældende tilladelse, når mindst én af de meddelte tilladelser hverken er bortfaldet eller inddraget på
--   opgørelsesdatoen, og dens sidste dag er blank, opgørelsesdatoen eller senere. En bortfaldet tilladelse uden kendt bortfaldsdato regnes som
--   bortfaldet, mens en bortfaldsdato efter opgørelsesdatoen endnu ikke er et bortfald. Kategorien er den seneste meddelte tilladelses. Personer, som
--   CARL2 ikke kender, indgår ikke her, men i dækningen. Statsborgere i de øvrige nordiske lande behøver ikke opholdstilladelse og er opgjort særskilt.
--
-- columns
--   category  VARCHAR {category}   Kategori | Category
--   pass      BIGINT [persons]     gældende tilladelse | permit in force
--   fail      BIGINT [persons]     ingen gældende tilladelse | no permit in force
--   unknown   BIGINT [persons]     uafklaret | unknown
--   apart     BIGINT [persons]     nordiske statsborgere med bopæl, som ikke behøver opholdstilladelse | resident Nordic citizens, who need no permit
-- rows partition
-- measure permit_in_force_verdicts
-- needs cpr_persons.status
-- needs cpr_persons.citizenship
-- needs one of carl2_permits.category, carl2_permits.person_group, carl2_permits.legal_basis
-- without carl2_permits.lapsed_on: Udtrækket indeholder ikke carl2_permits.lapsed_on. Bortfald fremgår kun, hvor afgørelsen er leveret som bortfaldet eller inddraget. | The extract does not have carl2_permits.lapsed_on: a lapse is seen only where the decision is delivered as lapsed or revoked.
-- without carl2_permits.valid_to: Udtrækket indeholder ikke carl2_permits.valid_to. Det fremgår ikke, hvilke tilladelser der er udløbet, og de er regnet som gældende. | The extract does not have carl2_permits.valid_to: which permits have run out is not known, and they count as in force.
-- chart bar, x category, y rate
select
    category,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown,
    count(*) filter (where verdict = 'apart') as apart
from permit_in_force_verdicts
group by category
order by category = 'unknown', category;
