//go:build unix

package fence

import "syscall"

// limitMemory bounds the address space of this process: lists and texts that a statement builds are not all counted against
// DuckDB's own limit. The bound leaves room for the program, its threads and what they reserve.
func limitMemory() error {
	const bound = 4 << 30
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &now); err != nil {
		return err
	}
	now.Cur = min(now.Max, bound)
	return syscall.Setrlimit(syscall.RLIMIT_AS, &now)
}
