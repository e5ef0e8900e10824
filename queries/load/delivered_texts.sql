-- What the scan of a text saw in a column of codes.
insert into delivered_texts
select $type_name, unnest($texts);
