-- Hvilken koblingsstatus har de meddelte tilladelser, pr. år?
-- What became of the granted permits, by year?
--
-- Each granted permit registration has one link status, the first that applies. The fraction is of the year's granted permits in scope; permits
-- without a readable decision day stand under “Not stated”.
--
-- forklaring
--   Hver meddelt registrering om opholdstilladelse har én koblingsstatus, nemlig den første, der er opfyldt. Andelen er beregnet af årets meddelte
--   tilladelser inden for den valgte afgrænsning. Tilladelser uden en læsbar afgørelsesdato står under »Uoplyst«.
--
-- params permits
-- columns
--   year         BIGINT                         År | Year
--   link_status  VARCHAR {link_status}          Koblingsstatus | Link status
--   n            BIGINT [permits]               tilladelser | permits
-- result
--   year         BIGINT                         År | Year
--   link_status  VARCHAR {link_status}          Koblingsstatus | Link status
--   n            BIGINT [permits]               tilladelser | permits
--   value        DOUBLE [share]                 andel af årets tilladelser | share of the year's permits
-- rows partition
-- measure unlinked_verdicts
-- without cpr_persons.status: Udtrækket indeholder ikke cpr_persons.status. Ingen numre er bekræftet i CPR, og det fremgår ikke, om poster i CPR er lukket. | The extract does not have cpr_persons.status: no number is confirmed, and whether CPR has closed a record is not known.
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Har en person flere numre, er det største anvendt. | The extract does not have carl2_persons.cpr_linked_on: of a person with several numbers the greatest holds.
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CPR. | The extract does not have carl2_persons.birth_date: birth dates are not held against CPR's.
-- without carl2_persons.sex: Udtrækket indeholder ikke carl2_persons.sex. Oplysningerne om køn er ikke sammenholdt med CPR. | The extract does not have carl2_persons.sex: sexes are not held against CPR's.
-- without cpr_persons.birth_date: Udtrækket indeholder ikke cpr_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.birth_date: birth dates are not held against CARL2's.
-- without cpr_persons.sex: Udtrækket indeholder ikke cpr_persons.sex. Oplysningerne om køn er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.sex: sexes are not held against CARL2's.
-- share value of n within year
-- chart stack, x year, y value, series link_status
select
    year,
    link_status,
    count(*) as n
from permits_in_scope(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, link_status
order by year nulls last, link_status;
