-- How many rows each table of the snapshot has, and of the persons how many have no permit and how many have several numbers.
select
    (select count(*) from snapshot.carl2_persons) as persons,
    (select count(*) from snapshot.carl2_permits) as permits,
    (select count(*) from snapshot.cpr_persons) as cpr_persons,
    (select count(*) from snapshot.persons_without_permit) as persons_without_permit,
    (select count(*) from snapshot.carl2_persons where numbers > 1) as persons_with_several_numbers;
