-- What is wrong with a file as such, in no column of it.
insert into snapshot.findings values ($table_name, $file_number, '', $reason, $n);
