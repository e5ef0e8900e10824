insert into file_rows values ($table_name, $file_number, $first_row, $next_row);
