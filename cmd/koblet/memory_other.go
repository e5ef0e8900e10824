//go:build !unix

package main

// limitMemory does nothing where processes have no such limit; DuckDB's own holds.
func limitMemory() error { return nil }
