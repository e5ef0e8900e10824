-- Hvilke tilladelser ligger bag cellen?
-- Which permits stand behind the cell?
--
-- Each permit that is linked or unlinked, once for each of its characteristics, as characteristics_of_unlinked counts them: keys, not people. A
-- parameter that is NULL restricts nothing, an empty text is the empty key.
--
-- params permits
--   at_characteristic  VARCHAR          kendetegnet; NULL alle | the characteristic; NULL any
--   at_value           VARCHAR          dets værdi; NULL alle | its value; NULL any
--   at_verdict         VARCHAR          pass eller fail; NULL alle | pass or fail; NULL any
--   rows               BIGINT = 1000    hvor mange der vises | how many are listed
-- columns
--   permit_key      VARCHAR record                            Tilladelse (nøgle) | Permit (key)
--   decided_on      DATE attribute                            Afgjort | Decided
--   category        VARCHAR {category} attribute              Kategori | Category
--   person_group    VARCHAR {person_group} attribute          Persongruppe | Person group
--   link_status     VARCHAR {link_status} attribute           Koblingsstatus | Link status
--   linked_on       DATE attribute                            Koblet | Linked
--   characteristic  VARCHAR {characteristic} attribute        Kendetegn | Characteristic
--   value           VARCHAR {characteristic_value} attribute  Værdi | Value
--   verdict         VARCHAR attribute                         Bedømmelse | Verdict
with valued as (
    select
        v.permit_key,
        v.decided_on,
        v.category,
        v.person_group,
        v.link_status,
        v.linked_on,
        v.verdict,
        c.characteristic,
        case c.characteristic
            when 'category' then v.category::varchar
            when 'citizenship_group' then v.citizenship_group::varchar
            when 'sex' then v.sex
            when 'age_group' then v.age_group::varchar
            when 'municipality_size' then s.size
            else coalesce(v.year::varchar, 'unknown')
        end as value
    from unlinked_verdicts(
        $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity,
        $municipality, $citizenship, $person_group
    ) v
    cross join (select distinct characteristic from delivered_characteristics) c
    left join municipality_sizes s on s.municipality_code = v.municipality_code
    where v.verdict <> 'unknown'
)
select
    format('{:016x}', permit_key) as permit_key,
    decided_on,
    category,
    person_group,
    link_status,
    linked_on,
    characteristic,
    value,
    verdict
from valued
where in_cell(characteristic, $at_characteristic)
    and in_cell(value, $at_value)
    and in_cell(verdict, $at_verdict)
order by decided_on nulls last, permit_key, characteristic
limit $rows;
