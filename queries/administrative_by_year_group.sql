-- Hvor mange tilladelser, der skulle have et administrativt CPR-nummer, blev ikke koblet inden for 30 dage, pr. år og persongruppe?
-- How many permits due an administrative CPR-number were not linked within 30 days, by year and person group?
--
-- Granted permit registrations of the groups that are given an administrative CPR-number with the permit, decided from 1 October 2015 (family) or
-- 1 February 2016 (all others) on and at least 30 days old. Numbers coupled without a link date, malformed and replacement numbers and permits
-- without a person row are unknown. Permits whose person was linked before the decision are counted apart.
--
-- forklaring
--   Tallene omfatter meddelte registreringer om opholdstilladelse i de persongrupper, der får tildelt et administrativt CPR-nummer sammen med
--   tilladelsen. Afgørelsen er truffet den 1. oktober 2015 eller senere (familiesammenføring) eller den 1. februar 2016 eller senere (alle øvrige), og
--   tilladelsen er mindst 30 dage gammel. Uafklarede er tilladelser, hvor nummeret er koblet uden koblingsdato, er et erstatningspersonnummer eller
--   ikke er et CPR-nummer, eller hvor personen ikke findes i CARL2. Tilladelser til personer, der var koblet før afgørelsen, er opgjort særskilt.
--
-- params permits
-- columns
--   year               BIGINT                         År | Year
--   person_group       VARCHAR {person_group}         Persongruppe | Person group
--   pass               BIGINT [permits]               koblet inden for 30 dage | linked within 30 days
--   fail               BIGINT [permits]               ikke koblet inden for 30 dage | not linked within 30 days
--   unknown            BIGINT [permits]               uafklaret | unknown
--   apart              BIGINT [permits]               tilladelser til personer, der var koblet før afgørelsen | permits whose person was linked before the decision
-- rows partition
-- measure administrative_verdicts
-- needs one of carl2_permits.person_group, carl2_permits.legal_basis
-- needs carl2_persons.cpr_linked_on
-- chart line, x year, y rate, series person_group
select
    year,
    person_group,
    count(*) filter (where verdict = 'pass') as pass,
    count(*) filter (where verdict = 'fail') as fail,
    count(*) filter (where verdict = 'unknown') as unknown,
    count(*) filter (where verdict = 'apart') as apart
from administrative_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
group by year, person_group
order by year, person_group = 'unknown', person_group; -- survives: DuckDB groups codes in their order, and promises it nowhere
