-- What marks the rows of protected persons among the identities.

begin;

comment on column identities.carl2_permits.protected is 'whether CPR protects name and address of the person; then only the key stands here';
comment on column identities.carl2_persons.protected is 'whether CPR protects name and address of the person; then only the key stands here';
comment on column identities.cpr_persons.protected is 'whether CPR protects name and address, under this number or one that replaced it; then only the key stands here';
comment on column identities.untyped_values.protected is 'whether CPR protects name and address of the person; then the text does not stand here';

commit;
