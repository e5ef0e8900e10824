-- A statement again, of what its parser read.
select json_deserialize_sql($tree::json);
