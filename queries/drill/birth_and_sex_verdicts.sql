-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each person whose birth date and sex agree with the number or not, by the measure birth_and_sex_verdicts: keys, not people. A parameter that is NULL restricts nothing.
--
-- params
--   register           VARCHAR         carl2 or cpr; NULL any, - the empty one
--   fact               VARCHAR         birth_date or sex; NULL any, - the empty one
--   verdict            VARCHAR         pass, fail or unknown; NULL any, - the empty one
--   rows               BIGINT = 1000   how many are listed
-- columns
--   row_key            VARCHAR                           Person eller nummer (nøgle) | Person or number (key)
--   register           VARCHAR {register}                Register | Register
--   fact               VARCHAR {fact}                    Oplysning | Fact
--   verdict            VARCHAR                           Bedømmelse | Verdict
-- measure birth_and_sex_verdicts
select
    format('{:016x}', row_key) as row_key,
    register,
    fact,
    verdict
from birth_and_sex_verdicts
where ($register is null or coalesce(register, '-') = $register)
    and ($fact is null or coalesce(fact, '-') = $fact)
    and ($verdict is null or coalesce(verdict, '-') = $verdict)
order by register, row_key, fact
limit $rows;
