-- Hvilke personer i CARL2 har flere CPR-numre?
-- Which persons in CARL2 carry several CPR-numbers?
--
-- A person with several different texts in the number's place, over all of the person's rows; “permits” are the person's granted permit
-- registrations. The person is shown as a key.
--
-- forklaring
--   Listen viser personer med flere forskellige tekster på nummerets plads, set over alle personens rækker. »Tilladelser« er personens meddelte
--   registreringer om opholdstilladelse. Personen er vist som en nøgle.
--
-- columns
--   person_key  VARCHAR record    Nøgle for personen | Key of the person
--   n           BIGINT [numbers]  numre | numbers
--   permits     BIGINT [permits]  tilladelser | permits
-- rows partition
with suspects as (
    select
        person_key,
        numbers
    from carl2_persons
    where numbers > 1
),
held as (
    select s.person_key, count(*) as permits
    from suspects s
    join granted_permits p on p.person_key = s.person_key
    group by s.person_key
)
select
    format('{:016x}', s.person_key) as person_key,
    s.numbers::bigint as n,
    coalesce(h.permits, 0) as permits
from suspects s
left join held h on h.person_key = s.person_key
order by person_key;
