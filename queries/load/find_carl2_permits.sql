-- What is wrong in the loaded permit rows and was kept. A permit that was granted should say when, and one
-- that is delivered as lapsed or revoked when that was.
insert into found_rows
select 'carl2_permits', rowid, 'decided_on', case when decided_after_as_of then 'after_as_of_day' else 'not_a_date' end
from staged_carl2_permits
where decided_on_text is not null
union all
select 'carl2_permits', rowid, 'valid_from', 'not_a_date' from staged_carl2_permits where valid_from_text is not null
union all
select 'carl2_permits', rowid, 'valid_to', 'not_a_date' from staged_carl2_permits where valid_to_text is not null
union all
select 'carl2_permits', rowid, 'lapsed_on', 'not_a_date' from staged_carl2_permits where lapsed_on_text is not null
union all
select 'carl2_permits', rowid, 'decided_on', 'implausible_day' from staged_carl2_permits where decided_on < first_plausible('decided_on')
union all
select 'carl2_permits', rowid, 'valid_from', 'implausible_day' from staged_carl2_permits where valid_from < first_plausible('valid_from')
union all
select 'carl2_permits', rowid, 'valid_to', 'implausible_day' from staged_carl2_permits where valid_to < first_plausible('valid_to')
union all
select 'carl2_permits', rowid, 'lapsed_on', 'implausible_day' from staged_carl2_permits where lapsed_on < first_plausible('lapsed_on')
union all
select 'carl2_permits', rowid, 'decided_on', 'missing_decision_day'
from staged_carl2_permits
where decided_on is null and decided_on_text is null and was_granted(decision)
union all
select 'carl2_permits', rowid, 'lapsed_on', 'missing_lapse_day'
from staged_carl2_permits
where decision in ('lapsed', 'revoked') and lapsed_on is null and lapsed_on_text is null
union all
select 'carl2_permits', s.rowid, 'person_id', 'no_person'
from staged_carl2_permits s
anti join merged_persons p on p.person_key = s.person_key
union all
select
    'carl2_permits',
    rowid,
    unnest(columns_of_bits(blanks, [
        'permit_id', 'person_id', 'decided_on', 'decision', 'legal_basis', 'person_group', 'category', 'valid_from', 'valid_to', 'lapsed_on', 'municipality_code'
    ])),
    'surrounding_blanks'
from staged_carl2_permits
where blanks > 0
union all
select 'carl2_permits', s.rowid, 'decision', 'unknown_code'
from staged_carl2_permits s
semi join unknown_texts('carl2_permits', 'decision') u on u.text = s.decision
union all
select 'carl2_permits', s.rowid, 'legal_basis', 'unknown_code'
from staged_carl2_permits s
semi join unknown_texts('carl2_permits', 'legal_basis') u on u.text = s.legal_basis
union all
select 'carl2_permits', s.rowid, 'person_group', 'unknown_code'
from staged_carl2_permits s
semi join unknown_texts('carl2_permits', 'person_group') u on u.text = s.person_group
union all
select 'carl2_permits', s.rowid, 'category', 'unknown_code'
from staged_carl2_permits s
semi join unknown_texts('carl2_permits', 'category') u on u.text = s.category
union all
select 'carl2_permits', s.rowid, 'municipality_code', unnest(with_lost_zeros('unknown_code', s.municipality_code, 4))
from staged_carl2_permits s
semi join unknown_texts('carl2_permits', 'municipality_code') u on u.text = s.municipality_code
union all
select 'carl2_permits', rowid, 'decision', 'unknown_code' from staged_carl2_permits where decision is null;

insert into everybody.untyped_values
select 'carl2_permits', permit_key, 'decided_on', decided_on_text from staged_carl2_permits where decided_on_text is not null
union all
select 'carl2_permits', permit_key, 'valid_from', valid_from_text from staged_carl2_permits where valid_from_text is not null
union all
select 'carl2_permits', permit_key, 'valid_to', valid_to_text from staged_carl2_permits where valid_to_text is not null
union all
select 'carl2_permits', permit_key, 'lapsed_on', lapsed_on_text from staged_carl2_permits where lapsed_on_text is not null
union all
select 'carl2_permits', permit_key, 'category', s.category
from staged_carl2_permits s
semi join unknown_texts('carl2_permits', 'category') u on u.text = s.category
union all
select 'carl2_permits', permit_key, 'decision', s.decision
from staged_carl2_permits s
semi join hidden_texts('carl2_permits', 'decision') u on u.text = s.decision
union all
select 'carl2_permits', permit_key, 'legal_basis', s.legal_basis
from staged_carl2_permits s
semi join hidden_texts('carl2_permits', 'legal_basis') u on u.text = s.legal_basis
union all
select 'carl2_permits', permit_key, 'person_group', s.person_group
from staged_carl2_permits s
semi join hidden_texts('carl2_permits', 'person_group') u on u.text = s.person_group
union all
select 'carl2_permits', permit_key, 'municipality_code', s.municipality_code
from staged_carl2_permits s
semi join hidden_texts('carl2_permits', 'municipality_code') u on u.text = s.municipality_code;

insert into read_days
select
    'carl2_permits',
    unnest(['decided_on', 'valid_from', 'valid_to', 'lapsed_on']),
    unnest([
        count(decided_on) + count(*) filter (where decided_after_as_of),
        count(valid_from),
        count(valid_to),
        count(lapsed_on)
    ]),
    unnest([
        count(*) filter (where decided_on_text is not null and decided_after_as_of is not true),
        count(valid_from_text),
        count(valid_to_text),
        count(lapsed_on_text)
    ]),
    unnest([
        count(*) filter (where day_in_part(decided_on_text)),
        count(*) filter (where day_in_part(valid_from_text)),
        count(*) filter (where day_in_part(valid_to_text)),
        count(*) filter (where day_in_part(lapsed_on_text))
    ])
from staged_carl2_permits;
