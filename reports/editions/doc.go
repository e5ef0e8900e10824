// Package editions keeps the public editions of a folder consistent with each other: in comes a folder, out come the counts of the editions that were
// published there, and back goes the list of those of a new one.
//
// A public edition has, beside what people read, a list of its counts: a CSV file in which each count stands once, with [c] where it is hidden. It tells
// nothing that the tables do not, and is what a later edition goes by.
//
// What is deliberately not here: nothing is hidden and nothing drawn.
package editions
