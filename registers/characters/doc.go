// Package characters makes text of what was delivered, and shows text to people.
//
// In come bytes, or a text of anybody's. Out come characters in UTF-8: what was compressed is opened, the encoding found and
// undone, what ends a file and its lines known; and texts as they are compared, without blanks that nobody sees, or as they may
// be shown, with nothing in them that a screen obeys.
//
// Deliberately not here: what a text means, which tables have which columns, what a record is (registers and the other
// folders under it).
package characters
