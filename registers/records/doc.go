// Package records says what the records of a delivered CSV file are, in one pass over its bytes.
//
// In comes a text in UTF-8. Out comes how many records it has, which are sound, which are broken and where and why, which are no
// rows of the table; its header, its delimiter, and how the physical lines lie: so that lines = header + loaded + rejected. Of
// other kinds of files the reasons hold too.
//
// Deliberately not here: which column is which field (profiles), compressed files and encodings (characters), and anything a
// record holds: what is broken is told by its place.
package records
