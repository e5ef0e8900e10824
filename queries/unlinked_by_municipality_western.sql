-- Hvor mange tilladelser er uden koblet CPR-nummer, pr. kommune, fra vestlige og ikke-vestlige lande?
-- How many permits have no CPR-number coupled, by municipality, of western and non-western citizens?
--
-- The studies' measure: granted permit registrations, linked when a well-formed CPR-number is coupled in CARL2. Malformed and
-- replacement numbers and permits without a person row are unknown and stay out of the rate.
-- The municipality is the one that CARL2 says the holder was allocated to, for linked and unlinked alike: taking CPR's for the linked would
-- bias the rate. A code that the list does not hold is shown as delivered, with the name unknown. Codes from before 2007 are not mapped
-- to new ones.
-- Western countries are the EU countries of today, Andorra, Australia, Canada, Iceland, Liechtenstein, Monaco, New Zealand, Norway, San Marino,
-- Switzerland, the United Kingdom, USA and the Vatican State, as Statistics Denmark groups them. All others are non-western; who is stateless or of an
-- unknown country stands apart. It goes by the person's citizenship on the as-of day. Denmark is an EU country: a Danish citizen counts as western.
--
-- forklaring
--   Tallene er opgjort som i undersøgelserne og omfatter meddelte registreringer om opholdstilladelse. En registrering er koblet, når personens post i
--   CARL2 har et gyldigt opbygget CPR-nummer. Står der i stedet et erstatningspersonnummer eller en tekst, der ikke er et CPR-nummer, eller findes
--   personen ikke i CARL2, er registreringen uafklaret og indgår ikke i andelen. Kommunen er den, som CARL2 angiver, at personen er visiteret til,
--   både for koblede og ikke koblede. Hvis de koblede blev fordelt efter kommunen i CPR, ville andelen blive skæv. En kode, der ikke findes på listen
--   over kommuner, er vist, som den er leveret, med uoplyst navn. Koder fra før 2007 er ikke omregnet til de nuværende kommuner.
--   Vestlige lande er efter Danmarks Statistiks gruppering de nuværende EU-lande, Andorra, Australien, Canada, Island, Liechtenstein, Monaco, New
--   Zealand, Norge, San Marino, Schweiz, Storbritannien, USA og Vatikanstaten. Alle andre lande er ikke-vestlige. Statsløse og personer med uoplyst
--   statsborgerskab står for sig. Opdelingen følger personens statsborgerskab på opgørelsesdatoen. Danmark er et EU-land, og danske statsborgere
--   er derfor talt med under vestlige lande.
--
-- params permits
-- columns
--   municipality_code  VARCHAR                           Kommunekode | Municipality code
--   municipality_name  VARCHAR {municipality} attribute  Kommune | Municipality
--   western            VARCHAR {western}                 Vestlig eller ikke-vestlig | Western or non-western
--   pass               BIGINT [permits]                  koblet | linked
--   fail               BIGINT [permits]                  ikke koblet | unlinked
--   unknown            BIGINT [permits]                  uafklaret | unknown
-- rows partition
-- measure unlinked_verdicts
-- needs carl2_permits.municipality_code
-- needs carl2_persons.citizenship
-- chart bar, x municipality_code, y rate, series western
with counted as (
    select
        municipality_given,
        citizenship_given,
        count(*) filter (where verdict = 'pass') as pass,
        count(*) filter (where verdict = 'fail') as fail,
        count(*) filter (where verdict = 'unknown') as unknown
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by municipality_given, citizenship_given
),
grouped as (
    select
        coalesce(c.municipality_given, 'unknown') as municipality_code,
        coalesce(w.western, 'unknown') as western,
        sum(c.pass)::bigint as pass,
        sum(c.fail)::bigint as fail,
        sum(c.unknown)::bigint as unknown
    from counted c
    left join western_citizenships w on w.code = c.citizenship_given
    group by coalesce(c.municipality_given, 'unknown'), coalesce(w.western, 'unknown')
),
named as (
    select code, name as municipality_name
    from code_municipalities
)
select
    g.municipality_code,
    coalesce(n.municipality_name, 'unknown') as municipality_name,
    g.western,
    g.pass,
    g.fail,
    g.unknown
from grouped g
left join named n on n.code = g.municipality_code
order by g.municipality_code = 'unknown', g.municipality_code, g.western = 'unknown', g.western;
