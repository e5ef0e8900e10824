// Package queries holds every question as one .sql file, the measures they stand on (schema), and what loading does in SQL
// (load). What comes in are files; what goes out are Questions: text, parameters and columns, read from a header that
// is a contract. No database is opened here: package store runs the statements and holds the headers against what DuckDB says.
package queries
