-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each person of CARL2 with a number and each record of CPR, for the day of birth and the sex, by the measure birth_and_sex_verdicts: keys, not
-- people. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_register  VARCHAR        registret; NULL alle | the register; NULL any
--   at_fact      VARCHAR        birth_date eller sex; NULL alle | birth_date or sex; NULL any
--   at_verdict   VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows         BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   register    VARCHAR {register} attribute  Register | Register
--   person_key  VARCHAR record                Person (nøgle) | Person (key)
--   number_key  VARCHAR record                Nummer (nøgle) | Number (key)
--   fact        VARCHAR {fact} attribute      Oplysning | Fact
--   verdict     VARCHAR attribute             Bedømmelse | Verdict
-- measure birth_and_sex_verdicts
-- needs one of carl2_persons.birth_date, carl2_persons.sex, cpr_persons.birth_date, cpr_persons.sex
select
    n.register,
    format('{:016x}', n.person_key) as person_key,
    format('{:016x}', n.number_key) as number_key,
    v.fact,
    v.verdict
from numbers n
join birth_and_sex_verdicts v
    on v.register = n.register
    and v.fault is not distinct from n.fault
    and v.birth_differs is not distinct from n.birth_differs
    and v.sex_differs is not distinct from n.sex_differs
    and v.birth_known is not distinct from n.birth_known
    and v.sex_known is not distinct from n.sex_known
where in_cell(n.register, $at_register)
    and in_cell(v.fact, $at_fact)
    and in_cell(v.verdict, $at_verdict)
order by n.register, n.person_key, n.number_key, v.fact
limit $rows;
