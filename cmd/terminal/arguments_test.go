package terminal

import (
	"slices"
	"strings"
	"testing"
)

// Of a statement's arguments, and of those of whatever looks people up and of a question to be answered, nothing is left for who lists the processes; of others all is.
func TestWhatIsSeenOfArguments(t *testing.T) {
	for line, hidden := range map[string]bool{
		"sql select": true, "sql --store s": true, "run unlinked --drill year=2013,verdict=fail": true, "run unlinked --drill=year=2013": true, "run unlinked --drill x=1 --purpose Quistorff": true,
		"export --out x --purpose=Quistorff": true, "report answer --question Quistorff?": true, "report answer --question=Quistorff?": true, "run unlinked --store s": false, "export --out x": false,
	} {
		var args []string
		for _, word := range strings.Fields(line) {
			args = append(args, strings.Clone(word)) // a constant of the program cannot be written over
		}
		kept := Unseen(args)
		if !slices.Equal(kept, strings.Fields(line)) {
			t.Errorf("%s: becomes %q", line, kept)
		}
		for i, arg := range args {
			if blank := strings.Trim(arg, "\x00") == ""; blank != (hidden && i > 0) {
				t.Errorf("%s: %q is seen", line, arg)
			}
		}
	}
}
