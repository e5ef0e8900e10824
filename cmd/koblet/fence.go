package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/registers"
	"koblet/store"
)

// A statement of the user's own runs in a process of its own: this program again, under the word fenced, which no help
// shows. There is then one sure end to it, whatever DuckDB is doing. The work goes in on standard input, which stays open:
// a child whose parent is gone reads its end and stops. The answer comes back on a pipe of its own, because some of
// DuckDB's statements print to standard output.

// fenceMemory is what a statement may use before it spills to the disk.
const fenceMemory = "1GB"

// work is what a fenced process is asked to do: a free statement, or a question of the user's own.
type work struct {
	Store     string
	AsOf      time.Time
	Statement string
	Name      string         // of a question
	Question  string         // its text
	Scope     analysis.Scope // what it is asked for
	Format    string
	Language  string
	MaxRows   int64
	Timeout   time.Duration
	Lookup    lookup // who opens the identities and what for; the zero lookup leaves them shut
}

// lookup is a purpose and whose it is.
type lookup struct{ Who, Purpose string }

// errSaid ends a command whose fenced process has said already what is wrong.
var errSaid = errors.New("")

// enclosed does work in a process that lives no longer than its timeout, and copies its answer to out.
func enclosed(ctx context.Context, t terminal, w work, out io.Writer) error {
	scratch, err := store.NewScratch(w.scratchIn())
	if err != nil {
		return noScratch(w, err)
	}
	defer scratch.Close() //nolint:errcheck // what cannot be taken away now is swept by the next
	itself, err := os.Executable()
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, w.Timeout)
	defer cancel()
	var said bytes.Buffer
	child := exec.CommandContext(limited, itself, "fenced")
	child.Args[0] = "koblet"
	child.Dir, child.Env, child.Stderr = scratch.Dir, []string{}, &said
	keptOpen, err := child.StdinPipe()
	if err != nil {
		return err
	}
	defer keptOpen.Close()
	answer, into, err := os.Pipe()
	if err != nil {
		return err
	}
	defer answer.Close()
	child.ExtraFiles = []*os.File{into}
	err = child.Start()
	if err := errors.Join(err, into.Close()); err != nil {
		return err
	}
	sending := json.NewEncoder(keptOpen).Encode(w)
	_, copying := io.Copy(out, answer)
	if copying != nil {
		cancel() // nobody reads the answer any more
	}
	ended := child.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case copying != nil:
		return copying
	case limited.Err() != nil:
		return cure("--timeout gives it longer", "stopped after %s", w.Timeout)
	}
	return verdict(t, said.String(), errors.Join(sending, ended))
}

// scratchIn is where the scratch folder goes: beside the identities where they are opened, since they never leave their
// folder, else where the system keeps such things.
func (w work) scratchIn() string {
	if w.Lookup.Purpose != "" {
		return filepath.Join(w.Store, "identities")
	}
	return ""
}

func noScratch(w work, err error) error {
	if w.Lookup.Purpose != "" {
		return cure("without --purpose a question sees keys, not people", "--purpose: only the owner of the store may open the identities")
	}
	return err
}

// verdict passes on what the process said, if it ended as this program ends; what a broken process leaves behind is not for
// a screen.
func verdict(t terminal, said string, ended error) error {
	var exit *exec.ExitError
	if ended != nil && (!errors.As(ended, &exit) || exit.ExitCode() != refused || !strings.HasPrefix(said, "koblet: ")) {
		return cure("a smaller statement, or one without lists", "the statement broke the process that ran it; it may have asked for more memory than there is")
	}
	fmt.Fprint(t.err, said)
	if ended != nil {
		return errSaid
	}
	return nil
}

// looking gives the lookup for a purpose, or none where there is none.
func looking(why purpose) (lookup, error) {
	if why == "" {
		return lookup{}, nil
	}
	who, err := user.Current()
	if err != nil {
		return lookup{}, fmt.Errorf("--purpose: the user's name: %w", err)
	}
	return lookup{who.Username, registers.WithoutNumbers(string(why))}, nil
}

var constants = regexp.MustCompile(`'(?:[^']|'')*'|\$\$.*?\$\$|\d{6}-?\d{4}`)

// withoutValues is a statement as the log of lookups keeps it: its constants may be somebody's name or number.
func withoutValues(statement string) string {
	return constants.ReplaceAllString(strings.Join(strings.Fields(statement), " "), "'…'")
}
