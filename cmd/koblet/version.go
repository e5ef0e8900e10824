package main

import (
	"context"
	"fmt"
	"runtime"

	"github.com/spf13/pflag"

	"koblet/cmd/terminal"
)

var versionCommand = command{
	name: "version",
	does: "which build this is",
	help: `koblet version

Prints the commit of this build, with -dirty where files had been changed, and
the Go release it was compiled with; so does koblet --version. Reports are
signed with the commit.

  koblet version
`,
	declare: func(*pflag.FlagSet) action {
		return func(_ context.Context, t terminal.Terminal, _ []string) error {
			_, err := fmt.Fprintf(t.Out, "koblet %s (%s)\n", version, runtime.Version())
			return err
		}
	},
}
