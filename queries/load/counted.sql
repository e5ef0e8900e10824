-- How many rows each table of the snapshot has.
select
    (select count(*) from snapshot.carl2_persons) as persons,
    (select count(*) from snapshot.carl2_permits) as permits,
    (select count(*) from snapshot.cpr_persons) as cpr_persons;
