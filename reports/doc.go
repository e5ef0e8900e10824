// Package reports turns results into documents that people read, and into the files that machines read.
//
// In come a Definition, which is a TOML file, and a Source, which answers questions about a snapshot. Out comes a Report:
// plain structs in one language, whose sections each have a sentence, a table, perhaps a chart, and the notes that belong
// to the figures. Every printer, a package below, draws the same Report:
// html, excel, and print for terminals and machines.
//
// What is deliberately not here: no figure is computed. Rates, intervals, sums and totals are cells of results; a report
// picks, arranges and prints them, and rounds once, when it prints. What a chart computes is only where ink goes.
package reports
