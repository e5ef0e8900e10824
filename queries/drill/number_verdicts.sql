-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each number held against each of the rules of a CPR-number, by the measure number_verdicts: keys, not people. CARL2's is that of a person,
-- CPR's that of a record; a text that is no number has no key. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_register  VARCHAR        registret; NULL alle | the register; NULL any
--   at_rule      VARCHAR        reglen; NULL alle | the rule; NULL any
--   at_verdict   VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows         BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   register    VARCHAR {register} attribute  Register | Register
--   person_key  VARCHAR record                Person (nøgle) | Person (key)
--   number_key  VARCHAR record                Nummer (nøgle) | Number (key)
--   rule        VARCHAR {rule} attribute      Regel | Rule
--   verdict     VARCHAR attribute             Bedømmelse | Verdict
-- measure number_verdicts
select
    n.register,
    format('{:016x}', n.person_key) as person_key,
    format('{:016x}', n.number_key) as number_key,
    v.rule,
    v.verdict
from numbers n
join number_verdicts v
    on v.register = n.register
    and v.fault is not distinct from n.fault
where in_cell(n.register, $at_register)
    and in_cell(v.rule, $at_rule)
    and in_cell(v.verdict, $at_verdict)
order by n.register, n.person_key, n.number_key, v.rule
limit $rows;
