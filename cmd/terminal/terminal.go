// Package terminal is what a command of koblet has to do with the world: what it reads, where it writes what people see and what
// programs read, how it says what is wrong and what cures that, how far long work has come, and what an interrupt ends.
//
// In come the streams that a process was started with, its environment and its clock; out goes nothing that a screen obeys, and no
// message with what could be a CPR-number.
//
// Deliberately not here: files that results go to (places), flags and commands (koblet).
package terminal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"koblet/registers/characters"
)

// Terminal is what a command reads and writes, and what it may ask about the world.
type Terminal struct {
	In          io.Reader
	Out, Err    io.Writer    // for people: nothing gets through that a screen obeys
	data        io.Writer    // standard output for programs: formats and files as they are
	Drawn       [2]io.Writer // standard output and error for what draws: the line that is typed, the bar
	Interactive bool         // err is a screen: progress may be drawn
	Quiet       bool         // no progress at all
	Env         func(string) string
	Now         func() time.Time
}

// OnScreen is the terminal of a process that was started with these three, its environment and its clock: what people read goes
// through a writer that lets nothing through that a screen obeys.
func OnScreen(t Terminal) Terminal {
	out, errs := t.Out, t.Err
	t.Out = standardOutput{out}
	t.data, t.Drawn = t.Out, [2]io.Writer{t.Out, t.Err}
	t.Out, t.Err = characters.ToScreen(t.Out), characters.ToScreen(t.Err)
	if f, ok := errs.(*os.File); ok {
		t.Interactive = term.IsTerminal(int(f.Fd()))
	}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		letters, _, _ := term.GetSize(int(f.Fd())) // 0 where it does not say
		t.Out = wide{t.Out, letters}
		t.data = t.Out // what is meant for a program is shown to somebody
	}
	return t
}

// Descriptor is what the process was started with under a number. It is written to where it stands, after what the shell or
// this program wrote to it before: opened by its name, a file would be written from its beginning again.
func (t Terminal) Descriptor(n int) io.Writer {
	switch n {
	case 1:
		return t.Raw()
	case 2:
		return cmp.Or(t.Drawn[1], t.Err)
	}
	return os.NewFile(uintptr(n), "descriptor "+strconv.Itoa(n))
}

// Raw is standard output for what is written as it is.
func (t Terminal) Raw() io.Writer { return cmp.Or(t.data, t.Out) }

// standardOutput says what went wrong with it in the words of the command line.
type standardOutput struct{ io.Writer }

func (o standardOutput) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if err != nil {
		err = fmt.Errorf("standard output: %w", Plainly(err))
	}
	return n, err
}

// wide is a screen, and how many letters a line of it has.
type wide struct {
	io.Writer
	letters int
}

// Columns is how many letters a line has.
func (w wide) Columns() int { return w.letters }

// narrowest is the least that a screen is taken for; one that does not say is as wide as a file.
const narrowest = 40

// ScreenOf is how many letters a line of a screen has, and 0 of all else that is written to.
func ScreenOf(w io.Writer) int {
	if screen, ok := w.(interface{ Columns() int }); ok && screen.Columns() > 0 {
		return max(narrowest, screen.Columns())
	}
	return 0
}

// WriteJSON prints a value for programs, indented so that people can read it too, and with nothing that a screen obeys.
func WriteJSON(w io.Writer, value any) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, characters.VisibleJSON(b.String()))
	return err
}
