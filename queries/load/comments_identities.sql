-- What every table and column of the identities means, kept in their catalogue, in the words of registers/tables.go. Those of protected
-- persons lie in a file of their own, which has the same tables.

begin;

comment on table carl2_permits is 'what the permit keys stand for';
comment on column carl2_permits.permit_key is 'the key in the snapshot';
comment on column carl2_permits.permit_id is 'the case number of the permit registration';
comment on column carl2_permits.person_id is 'the person the permit was decided for';

comment on table carl2_persons is 'what the person keys stand for, one row a row delivered';
comment on column carl2_persons.person_key is 'the key in the snapshot';
comment on column carl2_persons.person_id is 'the immigration authorities'' number of the person';
comment on column carl2_persons.cpr_number is 'the CPR-number coupled to the person; empty while the person is unlinked';
comment on column carl2_persons.family_name is 'family name';
comment on column carl2_persons.given_name is 'given names';
comment on column carl2_persons.birth_date is 'day of birth';
comment on column carl2_persons.birth_date_text is 'the text delivered, where it is no day';

comment on table cpr_persons is 'what the number keys stand for';
comment on column cpr_persons.number_key is 'the key in the snapshot';
comment on column cpr_persons.cpr_number is 'the CPR-number of the record';
comment on column cpr_persons.current_cpr_number is 'the number that replaced this one';
comment on column cpr_persons.family_name is 'family name';
comment on column cpr_persons.given_name is 'given names';
comment on column cpr_persons.birth_date is 'day of birth';
comment on column cpr_persons.birth_date_text is 'the text delivered, where it is no day';
comment on column cpr_persons.person_id is 'the immigration authorities'' number of the person, where CPR holds it';

comment on table untyped_values is 'texts that should have been days and are none, as delivered';
comment on column untyped_values.table_name is 'the table';
comment on column untyped_values.row_key is 'the row''s permit_key, person_key or number_key';
comment on column untyped_values.column_name is 'the column';
comment on column untyped_values.text is 'the text as delivered';

commit;
