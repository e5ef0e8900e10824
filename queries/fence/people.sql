-- Hvem står bag nøglerne?
-- Who stands behind the keys?
--
-- The permit and the person of each key, for a purpose; of protected persons only the keys. A person with several numbers
-- has them all.
--
-- params
--   keys  VARCHAR[]  tilladelsers nøgler, hver på 16 hexadecimale cifre | permit keys, 16 hex digits each
-- columns
--   permit_key   VARCHAR record     Tilladelse (nøgle) | Permit (key)
--   permit_id    VARCHAR attribute  Sagsnummer | Case number
--   person_id    VARCHAR attribute  Person-id | Person-id
--   cpr_number   VARCHAR attribute  CPR-nummer | CPR-number
--   family_name  VARCHAR attribute  Efternavn | Family name
--   given_name   VARCHAR attribute  Fornavn | Given name
--   birth_date   DATE attribute     Født | Born
--   protected    BOOLEAN attribute  Beskyttet | Protected
select
    format('{:016x}', p.permit_key) as permit_key,
    p.permit_id,
    p.person_id,
    string_agg(distinct n.cpr_number, ', ' order by n.cpr_number) as cpr_number,
    max(n.family_name) as family_name,
    max(n.given_name) as given_name,
    max(n.birth_date) as birth_date,
    p.protected
from identities.carl2_permits p
left join identities.carl2_persons n on n.person_id = p.person_id
where list_contains($keys, format('{:016x}', p.permit_key))
group by p.permit_key, p.permit_id, p.person_id, p.protected
order by permit_key;
