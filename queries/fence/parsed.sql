-- A statement as DuckDB's parser reads it, in JSON; nothing of it is bound or run. What is no SELECT is an error there.
select json_serialize_sql($statement::varchar)::varchar;
