-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each number of the two registers, rule by rule, by the measure number_verdicts: keys, not people. A parameter that is NULL restricts nothing.
--
-- params
--   register           VARCHAR         carl2 or cpr; NULL any, - the empty one
--   rule               VARCHAR         rule that a number should keep; NULL any, - the empty one
--   verdict            VARCHAR         pass, fail or unknown; NULL any, - the empty one
--   rows               BIGINT = 1000   how many are listed
-- columns
--   row_key            VARCHAR                           Person eller nummer (nøgle) | Person or number (key)
--   register           VARCHAR {register}                Register | Register
--   rule               VARCHAR {rule}                    Regel | Rule
--   verdict            VARCHAR                           Bedømmelse | Verdict
-- measure number_verdicts
select
    format('{:016x}', row_key) as row_key,
    register,
    rule,
    verdict
from number_verdicts
where ($register is null or coalesce(register, '-') = $register)
    and ($rule is null or coalesce(rule, '-') = $rule)
    and ($verdict is null or coalesce(verdict, '-') = $verdict)
order by register, row_key, rule
limit $rows;
