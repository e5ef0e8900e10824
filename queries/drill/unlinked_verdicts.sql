-- Hvilke tilladelser ligger bag cellen?
-- Which permits stand behind the cell?
--
-- Each permit that is linked or unlinked, by the measure unlinked_verdicts: keys, not people. It restricts the measure to
-- one cell of any question that stands on it; a parameter that is NULL restricts nothing.
-- An empty text is the empty key.
--
-- params permits
--   at_year               VARCHAR          afgørelsesår; NULL alle | year of the decision; NULL any
--   at_month              VARCHAR          afgørelsesmåned; NULL alle | month of the decision; NULL any
--   at_category           VARCHAR          opholdskategori; NULL alle | category of residence; NULL any
--   at_legal_basis        VARCHAR          bestemmelse i udlændingeloven, som den er leveret; NULL alle | provision of udlændingeloven, as delivered; NULL any
--   at_municipality_code  VARCHAR          visiteringskommune; NULL alle | municipality of allocation; NULL any
--   at_citizenship_group  VARCHAR          statsborgerskabsgruppe; NULL alle | citizenship group; NULL any
--   at_person_group       VARCHAR          persongruppe; NULL alle | person group; NULL any
--   at_citizenship        VARCHAR          personens statsborgerskab, fire cifre; NULL alle | the person's citizenship, four digits; NULL any
--   at_western            VARCHAR          vestligt statsborgerskab: western, non_western, stateless eller unknown; NULL alle | of a western citizenship: western, non_western, stateless or unknown; NULL any
--   at_sex                VARCHAR          køn; NULL alle | sex; NULL any
--   at_age_group          VARCHAR          aldersgruppe ved afgørelsen; NULL alle | age group at the decision; NULL any
--   at_age_from           VARCHAR          tilladelsens alder på opgørelsesdatoen, ved intervallets første dag; NULL alle | band of the permit's age on the as-of day, by its first day; NULL any
--   at_link_status        VARCHAR          koblingsstatus; NULL alle | link status; NULL any
--   at_expectation        VARCHAR          om et nummer forventes, eller hvorfor ikke; NULL alle | whether a number is expected, or why not; NULL any
--   at_verdict            VARCHAR          pass, fail eller unknown; NULL alle | pass, fail or unknown; NULL any
--   rows                  BIGINT = 1000    hvor mange der vises | how many are listed
-- columns
--   permit_key    VARCHAR record                    Tilladelse (nøgle) | Permit (key)
--   decided_on    DATE attribute                    Afgjort | Decided
--   category      VARCHAR {category} attribute      Kategori | Category
--   person_group  VARCHAR {person_group} attribute  Persongruppe | Person group
--   link_status   VARCHAR {link_status} attribute   Koblingsstatus | Link status
--   linked_on     DATE attribute                    Koblet | Linked
--   verdict       VARCHAR attribute                 Bedømmelse | Verdict
-- measure unlinked_verdicts
select
    format('{:016x}', permit_key) as permit_key,
    decided_on,
    category,
    person_group,
    link_status,
    linked_on,
    verdict
from unlinked_verdicts(
    $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
    $municipality, $citizenship, $person_group
)
where in_cell(year, $at_year)
    and in_cell(month, $at_month)
    and in_cell(category, $at_category)
    and in_cell(legal_basis, $at_legal_basis)
    and in_cell(municipality_code, $at_municipality_code)
    and in_cell(citizenship_group, $at_citizenship_group)
    and in_cell(person_group, $at_person_group)
    and in_cell(citizenship, $at_citizenship)
    and in_cell(coalesce((select western from western_citizenships where code = citizenship), 'unknown'), $at_western)
    and in_cell(sex, $at_sex)
    and in_cell(age_group, $at_age_group)
    and in_cell(age_from, $at_age_from)
    and in_cell(link_status, $at_link_status)
    and in_cell(coalesce(unexpected, 'expected'), $at_expectation)
    and in_cell(verdict, $at_verdict)
order by decided_on nulls last, permit_key
limit $rows;
