-- Hvem eller hvad ligger bag cellen?
-- Who or what stands behind the cell?
--
-- Lists each person of CARL2 with a permit or without, by the measure holder_verdicts: keys, not people. A parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params
--   at_link_status  VARCHAR        koblingsstatus; NULL alle | link status; NULL any
--   at_verdict      VARCHAR        pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows            BIGINT = 1000  hvor mange der vises | how many are listed
-- columns
--   person_key   VARCHAR record                   Person (nøgle) | Person (key)
--   link_status  VARCHAR {link_status} attribute  Koblingsstatus | Link status
--   verdict      VARCHAR attribute                Bedømmelse | Verdict
-- measure holder_verdicts
select
    format('{:016x}', person_key) as person_key,
    link_status,
    verdict
from holder_verdicts
where in_cell(link_status, $at_link_status)
    and in_cell(verdict, $at_verdict)
order by person_key
limit $rows;
