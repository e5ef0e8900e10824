-- The texts in the code columns of both person tables that no code list knows and that could be names: nothing but letters,
-- and what stands between the words of a name. They are few, unless columns came in each other's place.
create or replace temp table texts_like_names as
with texts as (
    select distinct citizenship as text from staged_carl2_persons anti join citizenship_codes k on k.text = citizenship
    union
    select distinct sex from staged_carl2_persons where sex not in ('M', 'K')
    union
    select distinct sex from staged_cpr_persons where sex not in ('M', 'K')
    union
    select distinct status from staged_cpr_persons
    union
    select distinct citizenship from staged_cpr_persons anti join citizenship_codes k on k.text = citizenship
    union
    select distinct municipality_code from staged_cpr_persons
)
select text
from texts
where like_a_name(text);
