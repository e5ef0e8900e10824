package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"koblet/cmd/terminal"
	"koblet/store"
)

// What the database says of memory is many lines; each command says it in one, and names the flag where it has one.
func TestWantOfMemoryIsOneLine(t *testing.T) {
	said := errors.New("Out of Memory Error: failed to pin block of size 256.0 KiB (1.9 GiB/1.9 GiB used)\n\nPossible solutions:\n* Reducing the number of threads")
	for _, c := range commands() {
		flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
		c.declare(flags)
		err := lacked(c, flags, fmt.Errorf("%s: unlinked: %w", c.name, said))
		if !errors.Is(err, store.ErrMemory) {
			t.Errorf("%s: %v", c.name, err)
		}
		var told strings.Builder
		terminal.Complain(&told, err)
		cure := "ask for less at a time, such as a shorter period"
		if c.name == "load" || c.name == "snapshots" || c.name == "export" {
			cure = "--memory lets it take more"
		}
		if want := "koblet: " + c.name + ": this needs more memory than it may take\nkoblet: hint: " + cure + "\n"; told.String() != want {
			t.Errorf("%q, want %q", told.String(), want)
		}
	}
}
