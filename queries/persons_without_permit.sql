-- Hvor mange personer i CARL2 er uden nogen registrering om opholdstilladelse, pr. koblingsstatus?
-- How many persons in CARL2 have no permit registration at all, by link status?
--
-- Every person of CARL2: with at least one permit registration, whatever was decided, or with none. No person is unknown.
--
-- columns
--   link_status        VARCHAR {link_status}          Koblingsstatus | Link status
--   pass               BIGINT [persons]               med registrering | with a registration
--   fail               BIGINT [persons]               uden registrering | without a registration
--   unknown            BIGINT [persons]               uvist | unknown
-- measure holder_verdicts
-- chart bar, x link_status, y rate
select
    link_status,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown
from holder_verdicts
group by link_status
order by link_status; -- survives: DuckDB groups codes in their order, and promises it nowhere
