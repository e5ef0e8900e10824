-- Hvor mange personer i CARL2 har ingen registrering om opholdstilladelse, pr. koblingsstatus?
-- How many persons in CARL2 have no permit registration at all, by link status?
--
-- Every person of CARL2: with at least one permit registration, whatever was decided, or with none. No person is unknown.
--
-- forklaring
--   Tallene omfatter alle personer i CARL2, enten med mindst én registrering om opholdstilladelse, uanset afgørelsen, eller uden. Ingen personer er
--   uafklarede.
--
-- columns
--   link_status        VARCHAR {link_status}          Koblingsstatus | Link status
--   pass               BIGINT [persons]               med registrering | with a registration
--   fail               BIGINT [persons]               uden registrering | without a registration
--   unknown            BIGINT [persons]               uafklaret | unknown
-- rows partition
-- measure holder_verdicts
-- without cpr_persons.status: Udtrækket indeholder ikke cpr_persons.status. Ingen numre er bekræftet i CPR, og det fremgår ikke, om poster i CPR er lukket. | The extract does not have cpr_persons.status: no number is confirmed, and whether CPR has closed a record is not known.
-- without carl2_persons.cpr_linked_on: Udtrækket indeholder ikke carl2_persons.cpr_linked_on. Har en person flere numre, er det største anvendt. | The extract does not have carl2_persons.cpr_linked_on: of a person with several numbers the greatest holds.
-- without carl2_persons.birth_date: Udtrækket indeholder ikke carl2_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CPR. | The extract does not have carl2_persons.birth_date: birth dates are not held against CPR's.
-- without carl2_persons.sex: Udtrækket indeholder ikke carl2_persons.sex. Oplysningerne om køn er ikke sammenholdt med CPR. | The extract does not have carl2_persons.sex: sexes are not held against CPR's.
-- without cpr_persons.birth_date: Udtrækket indeholder ikke cpr_persons.birth_date. Fødselsdatoerne er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.birth_date: birth dates are not held against CARL2's.
-- without cpr_persons.sex: Udtrækket indeholder ikke cpr_persons.sex. Oplysningerne om køn er ikke sammenholdt med CARL2. | The extract does not have cpr_persons.sex: sexes are not held against CARL2's.
-- chart bar, x link_status, y rate
select
    link_status,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from holder_verdicts
group by link_status
order by link_status; -- survives: DuckDB groups codes in their order, and promises it nowhere
