-- What was wrong in a file before its rows were read; the column is empty where it is the file as such.
insert into snapshot.findings values ($table_name, $file_number, $column_name, $reason, $n);
