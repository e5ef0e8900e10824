package main

import (
	"context"
	"fmt"
	"runtime"

	"github.com/spf13/pflag"
)

var versionCommand = command{
	name: "version",
	does: "which build this is",
	help: `koblet version

Prints the build's version: the commit, with -dirty where files had been changed,
and the Go release it was compiled with. Reports carry the same text.

  koblet version
`,
	declare: func(*pflag.FlagSet) action {
		return func(_ context.Context, t terminal, _ []string) error {
			_, err := fmt.Fprintf(t.out, "koblet %s (%s)\n", version, runtime.Version())
			return err
		}
	},
}
