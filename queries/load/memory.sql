-- What a load lets the database take of memory: so much a row, but not less than a load needs at all, and not more than the database takes
-- by itself, which is four fifths of the machine's.
select format('{}B', least(parse_formatted_bytes(current_setting('memory_limit')), greatest($least, $bytes_per_row * $rows)));
