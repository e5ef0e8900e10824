-- The legal bases of the extract, as delivered, that the table of legal bases knows.
create table snapshot.known_bases as
select legal_basis
from basis_meanings
order by legal_basis;
