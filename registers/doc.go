// Package registers says what the extracts of the two registers look like: their tables and fields, the rules of the
// CPR-number, the code lists, the profiles in which a deliverer's files differ, and how a delivered CSV file is read.
//
// In comes what somebody delivered: a file's bytes, a header's column names, a number's text; and a profile. Out comes
// what the program may rely on: UTF-8, which column is which field, which records are sound and which are broken and
// where, what a CPR-number says of itself, and the word for a code.
//
// Below it: workbook and u12170 read two forms of files, suggest guesses profiles, synthetic invents registers.
//
// Deliberately not here: databases (room store), questions (queries), counting and judging (analysis). Nothing in
// this package prints, reads the clock, opens a file or puts a delivered value into a message.
package registers
