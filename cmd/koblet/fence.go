package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/registers"
	"koblet/store"
	"koblet/store/disk"
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
	Asked     string         // the question as the user named it
	Name      string         // of the question, or of the list behind its cells
	Question  string         // its text
	Scope     analysis.Scope // what it is asked for
	Format    string
	Language  string
	MaxRows   int64
	Timeout   time.Duration
	Lookup    lookup // what the identities are opened for; the zero lookup leaves them shut
}

// lookup is a purpose and whose it is. The fenced process finds out by itself who asks, and what of: what it is sent may come from
// anybody who starts it by hand.
type lookup struct{ Who, Purpose string }

// errSaid ends a command whose fenced process has said already what is wrong.
var errSaid = errors.New("")

// enclosed does work in a process that lives no longer than its timeout, and copies its answer to out.
func enclosed(ctx context.Context, t terminal, w work, out io.Writer) error {
	scratch, err := disk.NewScratch(w.scratchIn())
	if err != nil {
		return noScratch(w, err)
	}
	defer scratch.Close() // what cannot be taken away now is swept by the next
	itself, err := os.Executable()
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, w.Timeout)
	defer cancel()
	var said bytes.Buffer
	child := exec.CommandContext(limited, itself, "fenced") // the work goes by the pipe: what stands here, everybody sees
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
	if ended := limited.Err(); ended != nil && ctx.Err() == nil && err != nil {
		err = w.late() // before it began
	}
	if err := cmp.Or(err, into.Close()); err != nil {
		return err
	}
	sending := json.NewEncoder(keptOpen).Encode(w)
	copying := copied(limited, out, answer)
	if copying != nil {
		cancel() // nobody reads the answer any more
	}
	ended := child.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case copying != nil && !errors.Is(copying, context.DeadlineExceeded):
		return copying
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return w.late()
	}
	return verdict(t, said.String(), errors.Join(sending, ended))
}

func (w work) late() error { return cure("--timeout gives it longer", "stopped after %s", w.Timeout) }

// scratchIn is where the scratch folder goes: beside the identities where they are opened, since they never leave their
// folder, else where the system keeps such things.
func (w work) scratchIn() string {
	if w.Lookup.Purpose != "" {
		return filepath.Join(w.Store, "identities")
	}
	return ""
}

func noScratch(w work, err error) error {
	if w.Lookup.Purpose == "" {
		return err
	}
	s := store.Store{Dir: w.Store}
	if err = s.Shut("temporary folder beside the identities", err); errors.Is(err, store.ErrNotOwner) {
		return cure("without --purpose a question sees keys, not people", "--purpose: %w", err)
	}
	return fmt.Errorf("--purpose: %w", err)
}

// copied copies the answer until it ends, or until the process is ended and has had time to say so: whoever reads may have stopped
// reading, and would hold this up for ever.
func copied(ctx context.Context, out io.Writer, answer io.Reader) error {
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(out, answer)
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return ctx.Err()
	}
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
func looking(why purpose) lookup {
	if why == "" {
		return lookup{}
	}
	return lookup{whoAsks(), registers.WithoutNumbers(string(why))}
}

// whoAsks is the user's name, by the system and not by the environment; the number where it has none.
func whoAsks() string {
	who, err := user.Current()
	if err != nil || who.Username == "" {
		return "user " + strconv.Itoa(os.Getuid())
	}
	return who.Username
}
