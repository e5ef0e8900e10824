-- Whether a citizenship is of a western country, as Statistics Denmark groups countries, for each code of CPR's list: what is in it and not
-- among the western countries is non_western. docs/method.md §7.
create or replace temp view western_citizenships as
select
    k.code,
    coalesce(w.western, 'non_western') as western
from code_countries k
left join code_western_countries w on w.code = k.code;
