-- What the columns of a Parquet file are called by the file itself, the parts of nested ones among them, each after what it is part
-- of; the first is the file. Two of one name the database would tell apart.
select name, coalesce(num_children, 0)::bigint as parts
from parquet_schema($file);
