// Package places says where results go, and reads the files that somebody wrote for koblet.
//
// In comes a path as it was typed, and what it must not be: the store, and what is read. Out comes a place that is filled whole or
// not at all, or one line on what is wrong with it.
//
// Deliberately not here: extracts (store/extract reads them), what a store holds (store), and what is written.
package places

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/renameio/v2"

	"koblet/cmd/terminal"
	"koblet/store"
)

// Place is where a result goes: standard output, a file, or what else is there under the name. It is found before any work
// begins, so that a wrong name costs nothing. A file appears whole or not at all. A device or a pipe is written into and
// stays what it is: who renames a file onto /dev/null takes it from the whole machine. A link stays too, and the file that
// it leads to is replaced.
type Place struct {
	flag  string      // that named it, for messages
	Typed string      // as the user wrote it
	Path  string      // with its links followed; empty is standard output
	Kind  fs.FileMode // what is there; 0 is a file, or nothing yet
	mode  fs.FileMode // whom the file that is there lets read; who replaces it lets nobody else
	open  io.Writer   // a descriptor that this process was given, as in /dev/fd/3
}

// OfEverybody and OfOwner are who may read a file, as far as the umask lets them: figures are for the office, rows of
// single permits or persons, keys or people, for who asked for them.
const (
	OfEverybody fs.FileMode = 0o644
	OfOwner     fs.FileMode = 0o600
)

// Apart is what a result must not be written onto: the store that is read, and files that are.
type Apart struct {
	Store string
	Files []string
}

// Of finds the place that a flag names, or says what is wrong with it.
func Of(t terminal.Terminal, path string, from Apart) (Place, error) {
	return Named(t, "--out", path, from)
}

// Named is Of for another flag than --out.
func Named(t terminal.Terminal, flag, path string, from Apart) (Place, error) {
	p := Place{flag: flag, Typed: path, mode: fs.ModePerm}
	if path == "" || path == "-" {
		return p, nil
	}
	if err := p.oneLine(); err != nil {
		return p, err
	}
	if err := p.follow(); err != nil {
		return p, p.told(err)
	}
	found, err := os.Stat(p.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return p, p.keptApart(nil, from)
	} else if err != nil {
		return p, p.told(err)
	}
	p.Kind = found.Mode().Type()
	switch descriptor, given := descriptorOf(p.Path); {
	case p.Kind.IsDir():
		return p, p.told(errFolder)
	case p.Kind&fs.ModeDevice != 0 && p.Kind&fs.ModeCharDevice == 0:
		return p, p.told(errors.New("a disk, not a file; what is on it would be lost"))
	case given:
		p.open = t.Descriptor(descriptor)
	case p.Kind&fs.ModeSocket != 0:
		return p, p.told(errors.New("a socket, not a file"))
	case p.Kind == 0:
		p.mode = found.Mode().Perm() | 0o600
	}
	return p, p.keptApart(found, from)
}

// oneLine refuses a name that would not be one line where it is told.
func (p *Place) oneLine() error {
	if !utf8.ValidString(p.Typed) || strings.ContainsFunc(p.Typed, unicode.IsControl) {
		return fmt.Errorf("%s: its path has a line break, a control character or no UTF-8 in it; name another place", p.flag)
	}
	return nil
}

var errFolder = errors.New("a folder; name a file in it")

// mostLinks is how many links one after the other are followed, as the system does.
const mostLinks = 40

// follow finds the path's own name behind its links. Each link is read by itself: one to a descriptor of this process says
// which it is, and following it to the end would only give the name that its file once had.
func (p *Place) follow() error {
	path := p.Typed
	for range mostLinks {
		dir, name := filepath.Split(path)
		if name == "" {
			return errFolder
		}
		if dir == "" {
			dir = "."
		}
		if _, err := os.Stat(dir); err != nil {
			return err
		}
		dir, err := filepath.EvalSymlinks(dir)
		if err != nil {
			return err
		}
		p.Path = filepath.Join(dir, name)
		if _, given := descriptorOf(p.Path); given {
			return nil
		}
		found, err := os.Lstat(p.Path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && path != p.Typed:
			return errors.New("a link to what is not there")
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case found.Mode().Type() != fs.ModeSymlink:
			return nil
		}
		to, err := os.Readlink(p.Path)
		if err != nil {
			return err
		}
		if path = to; !filepath.IsAbs(to) {
			path = dir + string(filepath.Separator) + to // not joined: that would clean "link/.." to what it is not
		}
	}
	return syscall.ELOOP
}

var descriptorPath = regexp.MustCompile(`^(?:/dev/fd|/proc/(\d+)(?:/task/\d+)?/fd)/(\d+)$`)

// descriptorOf reports whether a path names a descriptor of this process, and which.
func descriptorOf(path string) (int, bool) {
	m := descriptorPath.FindStringSubmatch(path)
	if m == nil || m[1] != "" && m[1] != strconv.Itoa(os.Getpid()) {
		return 0, false
	}
	n, err := strconv.Atoi(m[2])
	return n, err == nil
}

// keptApart refuses what lies in a store, in which only loads write, and what is read itself.
func (p *Place) keptApart(found fs.FileInfo, from Apart) error {
	if p.open == nil && store.Within(p.Path, from.Store) || p.open != nil && store.Holds(from.Store, found) {
		return p.inStore()
	}
	for _, name := range from.Files {
		if read, err := os.Stat(name); found != nil && err == nil && os.SameFile(read, found) && p.Kind == 0 {
			return p.told(errors.New("is read here, and an input is never overwritten"))
		}
	}
	return nil
}

func (p *Place) inStore() error {
	return terminal.Cure("name a place outside the store", "%w", p.told(errors.New("lies in a store, in which only loads write")))
}

// Folder refuses what cannot be a folder to write to: standard output, a link to nothing, and what lies in a store.
func Folder(path, ofStore string) error {
	p := Place{flag: "--out", Typed: path}
	if path == "-" {
		return terminal.Cure("name a folder", "%w", p.told(errors.New("standard output takes one file, and here a folder of them is written")))
	}
	if err := p.oneLine(); err != nil {
		return err
	}
	bare := strings.TrimRight(path, string(filepath.Separator))
	if _, err := os.Stat(bare); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(bare); err == nil {
			return p.told(errors.New("a link to what is not there"))
		}
	} else if errors.Is(err, syscall.ELOOP) {
		return p.told(err)
	}
	if store.Within(path, ofStore) {
		return p.inStore()
	}
	return nil
}

// Fill has write fill the place. The mode is for a file: who may read it, as far as the umask lets them.
func (p Place) Fill(ctx context.Context, t terminal.Terminal, mode fs.FileMode, write func(io.Writer) error) error {
	switch {
	case p.Path == "":
		watched := &watchedWriter{Writer: t.Raw()}
		err := write(watched)
		return cmp.Or(watched.err, err)
	case p.open != nil:
		return p.into(p.open, write)
	case p.Kind != 0:
		return p.pour(ctx, write)
	}
	f, err := p.aside(mode, write)
	if err != nil {
		return err
	}
	return p.replace(f)
}

// aside writes the file of a place under another name beside it. It is on the disk then, so that giving it its name needs no more
// room.
func (p Place) aside(mode fs.FileMode, write func(io.Writer) error) (*renameio.PendingFile, error) {
	f, err := renameio.NewPendingFile(p.Path, renameio.WithPermissions(mode&p.mode), renameio.WithTempDir(filepath.Dir(p.Path)))
	if err != nil {
		return nil, p.told(err)
	}
	if err := p.into(f, write); err != nil {
		return nil, cmp.Or(err, f.Cleanup())
	}
	if err := f.Sync(); err != nil {
		return nil, cmp.Or(p.told(err), f.Cleanup())
	}
	return f, nil
}

// replace gives the file its name.
func (p Place) replace(f *renameio.PendingFile) error {
	defer f.Cleanup() //nolint:errcheck // after the rename there is nothing to clean, before it there is an error already
	if err := f.CloseAtomicallyReplace(); err != nil {
		return p.told(err)
	}
	return nil
}

// FillAll fills several places: all files are written before the first has its name, so that where one finds no room none is
// there. What is a device or a pipe is filled last.
func FillAll(ctx context.Context, t terminal.Terminal, places []Place, write func(i int, w io.Writer) error) error {
	pending := make([]*renameio.PendingFile, len(places))
	defer func() {
		for _, f := range pending {
			if f != nil {
				_ = f.Cleanup() // of one that has its name this does nothing
			}
		}
	}()
	for i, p := range places {
		if p.Kind != 0 || p.open != nil {
			continue
		}
		f, err := p.aside(OfEverybody, func(w io.Writer) error { return write(i, w) })
		if err != nil {
			return err
		}
		pending[i] = f
	}
	for i, p := range places {
		var err error
		if pending[i] != nil {
			err = p.replace(pending[i])
		} else {
			err = p.Fill(ctx, t, OfEverybody, func(w io.Writer) error { return write(i, w) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// MakeFolder makes a folder with those above it, and gives what takes away again those that it made, as far as they are empty.
func MakeFolder(dir string) (undo func(), err error) {
	var made []string
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		made = append(made, at)
	}
	undo = func() {
		for _, at := range made {
			_ = os.Remove(at) // what is not empty stays
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		undo()
		return nil, err
	}
	return undo, nil
}

// pour opens the device or the pipe and writes into it. A pipe opens when somebody reads it, which an interrupt need not
// wait for; nor need it wait for a reader who has stopped reading.
func (p Place) pour(ctx context.Context, write func(io.Writer) error) error {
	type opened struct {
		file *os.File
		err  error
	}
	opening := make(chan opened, 1)
	go func() {
		f, err := os.OpenFile(p.Path, os.O_WRONLY, 0)
		opening <- opened{f, err}
	}()
	var o opened
	select {
	case <-ctx.Done():
		return ctx.Err()
	case o = <-opening:
	}
	if o.err != nil {
		return p.told(o.err)
	}
	defer context.AfterFunc(ctx, func() { _ = o.file.SetWriteDeadline(time.Unix(1, 0)) })()
	if err := p.into(o.file, write); err != nil {
		_ = o.file.Close() // what went wrong before is what is said
		return err
	}
	if err := o.file.Close(); err != nil {
		return p.told(err)
	}
	return nil
}

// into writes, and tells what went wrong with the place by the name that the user gave it, whatever a library makes of it.
func (p Place) into(w io.Writer, write func(io.Writer) error) error {
	watched := &watchedWriter{Writer: w}
	err := write(watched)
	if watched.err != nil {
		return p.told(watched.err)
	}
	return err
}

// watchedWriter keeps the first error of writing.
type watchedWriter struct {
	io.Writer
	err error
}

func (w *watchedWriter) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

// Columns is how many letters a line has where it is a screen that is written to, else 0.
func (w *watchedWriter) Columns() int { return terminal.ScreenOf(w.Writer) }

// told says what is wrong with the place, by the name the user gave it.
func (p Place) told(err error) error {
	if h, ok := errors.AsType[terminal.HintedError](err); ok {
		return h // it is told already
	}
	return fmt.Errorf("%s: %s: %w", p.flag, p.Typed, terminal.Plainly(err))
}
