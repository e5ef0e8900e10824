-- The numbers that CPR has deleted as double ones (status 50), each with the number that holds, which is the end of its chain, and that number's
-- municipality. A number began administratively when it still stands at one of the offices of administrative numbers, or was registered
-- before its holder immigrated: by its own record, or else by that of the number that holds. docs/method.md §7.
create or replace temp view double_numbers as
select
    d.number_key, -- survives: for drill-down
    d.status, -- survives: for drill-down
    d.status_from, -- survives: for drill-down
    n.leads_to, -- survives: for drill-down
    coalesce(h.municipality_code, 'unknown') as municipality_code,
    coalesce(
        administrative_office(d.municipality_code) or d.registered_on < coalesce(d.immigrated_on, h.immigrated_on),
        false -- survives: for drill-down
    ) as administrative
from cpr_persons d
left join number_chains n on n.number_key = d.number_key
left join cpr_persons h on h.number_key = n.leads_to
where d.status = '50';
