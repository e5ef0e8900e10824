// Package store keeps snapshots: a store is a folder, a snapshot is the extracts of one as-of day, loaded together and
// immutable from then on. What comes in are the files of the registers; what goes out are answers to questions, as plain
// rows. It and the folders under it are the only ones that touch DuckDB: disk (files and folders), desk (the one way in which it is
// opened), extract (what reads delivered files) and fence (what somebody wrote, in a process of its own).
//
// A store looks like this:
//
//	2014-12-31/             a snapshot; 2014-12-31.r1 is its first replacement, the newest edition is the one that is read
//	    snapshot.duckdb     what every question reads: keys, codes, days, and all that was derived; nothing that identifies
//	    receipt.json        what was read from which file, and what was rejected
//	    rejects.csv         the rejected lines by file, line and reason; only where there are some
//	    files.json          the hash of each file, for Verify
//	identities/             only for the owner
//	    secret              the key of the keys
//	    lookups.ndjson      who opened the identities, when and what for
//	    2014-12-31/identities.duckdb   what the keys stand for, less of whom CPR protects
//	    2014-12-31/protected.duckdb    the same of whom it protects, which no free statement is run beside
//	lock                    held by whoever loads
//
// A load builds aside, in a folder of its own, and is published by renaming: the identities first, then the snapshot,
// whose rename is the moment from which it exists. Readers hold a file that nobody writes; they never wait.
//
// What is deliberately not here: rates, intervals and judgements (analysis), SQL of any length (queries), layout (reports).
package store
