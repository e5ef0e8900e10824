-- The age group of an age in whole years; «unknown» where there is none.
create or replace temp macro age_group(age) as
    case
        when age is null then 'unknown'
        when age < 15 then '0-14'
        when age < 18 then '15-17'
        when age < 25 then '18-24'
        when age < 40 then '25-39'
        when age < 60 then '40-59'
        else '60+'
    end;
