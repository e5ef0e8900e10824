insert into snapshot.delivered_columns values ($table_name, $column_name);
