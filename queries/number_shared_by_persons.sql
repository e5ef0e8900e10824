-- Hvilke CPR-numre er registreret på flere personer i CARL2?
-- Which CPR-numbers are carried by several persons in CARL2?
--
-- A number, well-formed or a replacement number, that CARL2 carries on several person-ids, in any of their rows; “permits” are the
-- granted permit registrations of those persons. The number is shown as its key.
--
-- forklaring
--   Listen viser numre, gyldigt opbyggede eller erstatningspersonnumre, som CARL2 har på flere person-id'er, uanset i hvilken af personernes rækker.
--   »Tilladelser« er disse personers meddelte registreringer om opholdstilladelse. Nummeret er vist som en nøgle.
--
-- columns
--   number_key  VARCHAR record    Nøgle for nummeret | Key of the number
--   n           BIGINT [persons]  personer | persons
--   permits     BIGINT [permits]  tilladelser | permits
-- rows partition
with suspects as (
    select
        person_key,
        number_key
    from carl2_persons
    where number_shared and number_key is not null
    union all
    select
        person_key,
        number_key
    from further_numbers
),
shared as (
    select number_key, count(*) as n
    from suspects
    group by number_key
    having count(*) > 1
),
carried as (
    select s.number_key, count(*) as permits
    from shared
    join suspects s on s.number_key = shared.number_key
    join granted_permits p on p.person_key = s.person_key
    group by s.number_key
)
select
    format('{:016x}', s.number_key) as number_key,
    s.n,
    coalesce(c.permits, 0) as permits
from shared s
left join carried c on c.number_key = s.number_key
order by number_key;
