// Package protection makes answers fit to be published: the answers to all asks of a report in, the same answers without the counts that could point
// at somebody out.
//
// All answers of a report are one system (analysis/disclosure). A count is of a set of records, which the keys of its row, its verdict and what was asked
// for bound: the unlinked permits of 2013, or the asylum permits for which a number is expected. Counts of one set are one cell wherever they stand; sets
// that are parts of another, and what one set has more than another, are identities, whether a table shows them or not.
//
// What is deliberately not here: nothing is laid out and nothing is asked. A question whose counts cannot yet be set in relation to those of others is
// refused by name, since nobody knows what a reader could work out of them.
package protection
