// Package profiles says in which ways a deliverer's files differ from the tables as the program knows them: what a profile file
// (TOML) may say, and which column of a file is then which field.
//
// In comes a profile's text, or a file's header. Out comes a Profile, or all that is wrong with it, each with its line; and a
// Header, its columns matched to fields, or all that is wrong with that. Of the file's own texts a message shows patterns only.
//
// Deliberately not here: guessing a profile from a file (suggest), and reading files by one (store/extract).
package profiles
