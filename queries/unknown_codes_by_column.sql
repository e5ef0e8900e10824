-- Hvor mange tilladelser har koder, som kodelisterne ikke kender, pr. kolonne?
-- How many permits have codes that the code lists do not hold, by column?
--
-- Granted permit registrations: the legal basis, the person group (the one given, else the only group of the basis), the municipality of allocation
-- and the person's citizenship, each where the extracts carry it. A code that is not filled in counts as “empty”.
--
-- forklaring
--   Tallene omfatter meddelte registreringer om opholdstilladelse og viser, om kodelisterne kender opholdsgrundlaget, persongruppen (den leverede,
--   ellers opholdsgrundlagets eneste gruppe), kommunen, som personen er visiteret til, og personens statsborgerskab, hver især hvor udtrækkene har
--   oplysningen. En kode, der mangler, tæller som »ikke udfyldt« og kan ikke vurderes.
--
-- params permits
-- columns
--   column_name        VARCHAR {column}               Kolonne | Column
--   pass               BIGINT [permits]               kendt kode | known code
--   fail               BIGINT [permits]               ukendt kode | code not known
--   unknown            BIGINT [permits]               ikke udfyldt | empty
-- rows overlap
-- measure code_verdicts
-- without carl2_permits.legal_basis: Udtrækket indeholder ikke carl2_permits.legal_basis. Kolonnens koder er derfor ikke kontrolleret. | The extract does not have carl2_permits.legal_basis: it has no codes to test.
-- without carl2_permits.person_group: Udtrækket indeholder ikke carl2_permits.person_group. Kolonnens koder er derfor ikke kontrolleret. | The extract does not have carl2_permits.person_group: it has no codes to test.
-- without carl2_permits.municipality_code: Udtrækket indeholder ikke carl2_permits.municipality_code. Kolonnens koder er derfor ikke kontrolleret. | The extract does not have carl2_permits.municipality_code: it has no codes to test.
-- without carl2_persons.citizenship: Udtrækket indeholder ikke carl2_persons.citizenship. Kolonnens koder er derfor ikke kontrolleret. | The extract does not have carl2_persons.citizenship: it has no codes to test.
-- chart bar, x column_name, y rate
with alike as (
    select
        legal_basis,
        person_group,
        municipality_code,
        citizenship,
        count(*) as n
    from permits_in_scope(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    )
    group by grouping sets ((legal_basis), (person_group), (municipality_code), (citizenship))
),
judged as (
    select
        column_name,
        code_verdict(a.code, l.code) as verdict,
        a.n
    from alike unpivot (code for column_name in (legal_basis, person_group, municipality_code, citizenship)) a
    semi join code_columns using (column_name)
    left join listed_codes l using (column_name, code)
)
select
    column_name,
    coalesce(sum(n) filter (where verdict = 'pass'), 0)::bigint as pass,
    coalesce(sum(n) filter (where verdict = 'fail'), 0)::bigint as fail,
    coalesce(sum(n) filter (where verdict = 'unknown'), 0)::bigint as unknown
from judged
group by column_name
order by column_name;
