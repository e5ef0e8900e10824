//go:build !unix

package fence

// limitMemory does nothing where processes have no such limit; DuckDB's own holds.
func limitMemory() error { return nil }
