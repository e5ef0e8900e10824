// Package word writes a report as a document for a word processor: a zip of XML parts (ECMA-376, WordprocessingML), by hand.
//
// In comes a Report, out comes a file on A4 with styles, numbered tables whose heads are repeated, notes and sources beneath them, footnotes
// for the marks, and the day in the foot of each page. Equal reports give equal bytes: the times in it are the day of the snapshot.
//
// Deliberately not here: charts. What a chart shows is said in a sentence; page and workbook draw it. The libraries that can be had
// are copyleft, or have neither repeated heads nor footnotes.
package word
