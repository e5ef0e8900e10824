// Command koblet measures how well two registers are linked: the permits of the immigration authorities and the
// civil registration system.
//
// What comes in are arguments, files and a folder of snapshots; what goes out are results on standard output, everything
// else on standard error, and an exit code. This room reads the clock, the environment and the arguments and hands them
// on as parameters. It computes nothing, asks the database nothing and draws nothing but progress.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis/judge"
	"koblet/cmd/terminal"
	"koblet/reports"
	"koblet/store"
	"koblet/store/fence"
)

// version is stamped by the Makefile from `git describe`.
var version = "unversioned"

// The exit codes. Broken is for a result that is there although a threshold was broken.
const (
	done    = 0
	broken  = 1
	refused = 2
	locked  = 3
)

// errBroken ends a command whose result is printed and says that a threshold is broken.
var errBroken = errors.New("a threshold is broken")

// program is how this build signs what it writes.
func program() string { return "koblet " + version }

func main() {
	args := terminal.Unseen(os.Args[1:])
	ctx := terminal.Listening(context.Background())
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // a reader who left is an error of writing: work ends, and clears up
	os.Exit(run(ctx, args, os.Stdin, os.Stdout, os.Stderr))
}

// run is the program: one command with its arguments, and the exit code it ends with.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int { //nolint:revive // the five things a process has
	t := terminal.OnScreen(terminal.Terminal{In: in, Out: out, Err: errs, Env: os.Getenv, Now: time.Now})
	err := dispatch(ctx, t, args)
	if err == nil {
		return done
	}
	if ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	if errors.Is(err, fence.ErrTold) {
		return refused
	}
	terminal.Complain(t.Err, err, append(args, t.Env("KOBLET_STORE"))...)
	switch {
	case errors.Is(err, store.ErrLocked):
		return locked
	case errors.Is(err, errBroken):
		return broken
	}
	return refused
}

// broke ends a command whose result is there with exit code 1 where a verdict is broken.
func broke(v judge.Verdict) error {
	if v.Outcome != judge.Broken {
		return nil
	}
	return fmt.Errorf("%w: %s", errBroken, reports.LocaleOf("en").Note(v.Note()))
}

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
