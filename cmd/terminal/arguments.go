package terminal

import (
	"slices"
	"strings"
	"unsafe"
)

// Unseen copies the arguments and, of a statement's, of whatever looks people up and of a question to be answered, blanks what the system shows
// of them to everybody who lists the processes: it may name somebody. They stand in the memory that the process was started with, which is its own
// to write. What is typed in a shell stays in that shell's history; a statement from a pipe does not.
func Unseen(args []string) []string {
	kept := make([]string, len(args))
	personal := slices.ContainsFunc(args, func(arg string) bool {
		return strings.HasPrefix(arg, "--purpose") || strings.HasPrefix(arg, "--drill") || strings.HasPrefix(arg, "--question")
	})
	for i, arg := range args {
		kept[i] = strings.Clone(arg)
		if i > 0 && (personal || args[0] == "sql") {
			clear(unsafe.Slice(unsafe.StringData(arg), len(arg)))
		}
	}
	return kept
}
