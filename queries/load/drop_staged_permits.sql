drop view extract_carl2_permits;

drop table staged_carl2_permits;
