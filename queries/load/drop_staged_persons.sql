drop view extract_cpr_persons;

drop view extract_carl2_persons;

drop table staged_cpr_persons;

drop table staged_carl2_persons;
