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
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"koblet/registers"
	"koblet/registers/characters"
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
	args := unseen(os.Args[1:])
	ctx := listening(context.Background())
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // a reader who left is an error of writing: work ends, and clears up
	os.Exit(run(ctx, args, os.Stdin, os.Stdout, os.Stderr))
}

// run is the program: one command with its arguments, and the exit code it ends with.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int { //nolint:revive // the five things a process has
	t := onScreen(terminal{in: in, out: standardOutput{out}, err: errs, env: os.Getenv, now: time.Now})
	if f, ok := errs.(*os.File); ok {
		t.interactive = term.IsTerminal(int(f.Fd()))
	}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		letters, _, _ := term.GetSize(int(f.Fd())) // 0 where it does not say
		t.out = wide{t.out, letters}
		t.data = t.out // what is meant for a program is shown to somebody
	}
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
	complain(t.err, err, append(args, t.env("KOBLET_STORE"))...)
	switch {
	case errors.Is(err, store.ErrLocked):
		return locked
	case errors.Is(err, errBroken):
		return broken
	}
	return refused
}

// terminal is what a command reads and writes, and what it may ask about the world.
type terminal struct {
	in          io.Reader
	out, err    io.Writer    // for people: nothing gets through that a screen obeys
	data        io.Writer    // standard output for programs: formats and files as they are
	drawn       [2]io.Writer // standard output and error for what draws: the line that is typed, the bar
	interactive bool         // err is a screen: progress may be drawn
	quiet       bool         // no progress at all
	env         func(string) string
	now         func() time.Time
}

// onScreen puts what people read behind a writer that lets nothing through that a screen obeys.
func onScreen(t terminal) terminal {
	t.data, t.drawn = t.out, [2]io.Writer{t.out, t.err}
	t.out, t.err = characters.ToScreen(t.out), characters.ToScreen(t.err)
	return t
}

// hinted is an error with its cure.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// cure adds a hint to an error.
func cure(hint string, format string, args ...any) error {
	return hinted{fmt.Errorf(format, args...), hint}
}

// complain writes a line for each thing that is wrong, and one for the cure. Of the words of the command line, where a message repeats
// them, nothing is left that breaks the line, and no more than an echo. No message should hold what could be a CPR-number; this is the
// last gate, not the first.
func complain(errs io.Writer, err error, given ...string) {
	echo := echoes(given)
	for _, line := range wrongs(err, echo) {
		fmt.Fprintf(errs, "koblet: %s\n", told(line))
	}
	var h hinted
	if errors.As(err, &h) && h.hint != "" {
		fmt.Fprintf(errs, "koblet: hint: %s\n", told(echo.in(h.hint)))
	}
}

// longestMessage is how long a line may be, in characters; our own sentences are shorter, with all that they list.
const longestMessage = 800

func told(line string) string {
	line = registers.WithoutNumbers(longQuote.ReplaceAllString(line, "(a text)"))
	line = cutWords(characters.Visible(line))
	if all := []rune(line); len(all) > longestMessage {
		return string(all[:longestMessage-1]) + "…"
	}
	return line
}

// cutWords shortens the words that no message of ours has.
func cutWords(line string) string {
	words := strings.Split(line, " ")
	for i, word := range words {
		words[i] = characters.Echo(word)
	}
	return strings.Join(words, " ")
}

// echo is a text of the command line and how a message repeats it.
type echo struct{ given, seen string }

type echoing []echo

// echoes are the words of the command line that a message must not repeat as they are, the longest first: one may lie in another.
func echoes(given []string) echoing {
	var all echoing
	for _, word := range given {
		_, value, _ := strings.Cut(word, "=")
		for _, text := range []string{word, value} {
			if seen := characters.Echo(text); seen != text {
				all = append(all, echo{text, seen})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b echo) int { return len(b.given) - len(a.given) })
	return all
}

// in gives a message as it may be told. A strings.Replacer would be built in the square of a long word's length.
func (e echoing) in(message string) string {
	for _, one := range e {
		message = strings.ReplaceAll(message, one.given, one.seen)
	}
	return message
}

// longQuote is a text that a message repeats and that is longer than any word of ours.
var longQuote = regexp.MustCompile(`"(?:[^"\\]|\\.){41,}"`)

// wrongs are the lines of an error: one, unless several errors were joined, as those of several files. Further lines of
// one error are some library's, and may quote what it read.
func wrongs(err error, echo echoing) []string {
	for e := err; e != nil; e = errors.Unwrap(e) {
		joined, ok := e.(interface{ Unwrap() []error })
		if !ok {
			continue
		}
		var lines []string
		for _, one := range joined.Unwrap() {
			lines = append(lines, wrongs(one, echo)...)
		}
		if context, ok := strings.CutSuffix(err.Error(), e.Error()); ok && len(lines) > 0 {
			lines[0] = echo.in(context) + lines[0]
			return lines
		}
	}
	return strings.Split(echo.in(err.Error()), "\n")[:1]
}
