// Package registers says what the extracts of the two registers look like: their tables and fields, the rules of the
// CPR-number, the code lists, the names that columns go by, and the kinds of files.
//
// In comes what somebody delivered: a file's first bytes, a column's name, a number's text. Out comes what the program may
// rely on: what kind of file it is, what a CPR-number says of itself, whether a text could be somebody's, and the word for a
// code.
//
// It stands on characters alone, which makes text of bytes. On it stand records, the records of a CSV file; on that profiles,
// in which a deliverer's files differ, with the columns that are fields; workbook and u12170, two other forms of files;
// suggest, which guesses profiles; and synthetic, which invents registers.
//
// Deliberately not here: databases (room store), questions (queries), counting and judging (analysis). Nothing in
// this package or those beside it prints, reads the clock, opens a file or puts a delivered value into a message.
package registers
