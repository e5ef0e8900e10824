-- For hvor mange personer stemmer fødselsdato eller køn ikke overens med CPR-nummeret, pr. register?
-- How many persons have a birth date or sex at odds with their CPR-number, by register?
--
-- CARL2's persons with a number and CPR's records: the row's own day of birth and sex against those that the number says, century included. Where the
-- row does not state the fact, or the number is malformed or a replacement number, nothing can be said.
--
-- forklaring
--   Tallene omfatter personer i CARL2 med et nummer og poster i CPR. Fødselsdatoen og kønnet i posten er sammenholdt med det, nummeret viser, herunder
--   århundredet. Oplyser posten ikke fødselsdato eller køn, eller er nummeret et erstatningspersonnummer eller ikke et CPR-nummer, kan oplysningen
--   ikke kontrolleres.
--
-- columns
--   register           VARCHAR {register}             Register | Register
--   fact               VARCHAR {fact}                 Oplysning | Fact
--   pass               BIGINT [persons]               stemmer overens | agree
--   fail               BIGINT [persons]               afviger | at odds
--   unknown            BIGINT [persons]               kan ikke kontrolleres | cannot be tested
-- rows overlap
-- measure birth_and_sex_verdicts
-- needs one of carl2_persons.birth_date, carl2_persons.sex, cpr_persons.birth_date, cpr_persons.sex
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Har en person flere numre, er det største anvendt. | The extract does not have carl2_persons.cpr_linked_on: of a person with several numbers the greatest holds.
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Fødselsdatoerne i CARL2 er ikke kontrolleret. | The extract does not have carl2_persons.birth_date: CARL2's birth dates are not tested.
-- without carl2_persons.sex: Udtrækket indeholder ikke carl2_persons.sex. Oplysningerne om køn i CARL2 er ikke kontrolleret. | The extract does not have carl2_persons.sex: CARL2's sexes are not tested.
-- without cpr_persons.birth_date: Udtrækket indeholder ikke cpr_persons.birth_date. Fødselsdatoerne i CPR er ikke kontrolleret. | The extract does not have cpr_persons.birth_date: CPR's birth dates are not tested.
-- without cpr_persons.sex: Udtrækket indeholder ikke cpr_persons.sex. Oplysningerne om køn i CPR er ikke kontrolleret. | The extract does not have cpr_persons.sex: CPR's sexes are not tested.
-- without cpr_persons: Der er ikke indlæst noget udtræk fra CPR. | No extract of CPR is loaded.
-- chart bar, x fact, y rate, series register
select
    register,
    fact,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as pass,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as fail,
    coalesce(sum(n) filter (where verdict = 'unknown'), 0)::bigint as unknown
from birth_and_sex_verdicts
group by register, fact
order by register, fact; -- survives: four groups often come in order by chance
