// Package prompt is the conversation of koblet sql: lines are edited, completed and remembered, statements gathered from them, and
// each handed to whoever answers.
//
// Deliberately not here: how a statement is answered; a prompt knows no store and no fence.
package prompt

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"koblet/cmd/terminal"
	"koblet/queries"
	"koblet/registers"
	"koblet/registers/characters"
)

const promptHelp = `One statement at a time, ended by a semicolon or an empty line. Tab completes tables,
columns and words; the arrow keys bring back what was typed.
  \d        lists the tables    \d TABLE  the columns of one
  \q        leaves, as Ctrl-D   \?        this help
Ctrl-C takes back what is typed, or ends the statement that runs.
`

// Answers are how what is typed at a prompt is answered.
type Answers struct {
	Answer func(ctx context.Context, statement string, out io.Writer) error
	Names  func(ctx context.Context, out io.Writer) error // what can be completed: a heading, then one name a line
	Forget bool                                           // what is typed may name somebody: no history is read or kept
}

// conversation is a prompt: statements are read one after the other and each is answered by itself.
type conversation struct {
	t     terminal.Terminal
	asked Answers
	past  *past
	names []string
	out   io.Writer
}

// Converse reads statements until there are no more. At a screen it edits lines, keeps a history and completes names; else it
// reads plain lines, so that statements can come from a pipe.
func Converse(ctx context.Context, t terminal.Terminal, asked Answers) error {
	s := &conversation{t: t, asked: asked, out: t.Raw()}
	in, isFile := t.In.(*os.File)
	if !isFile || !term.IsTerminal(int(in.Fd())) || !t.Interactive {
		return s.plain(ctx)
	}
	var err error
	if s.names, err = s.complete(ctx); err != nil {
		return fmt.Errorf("sql: %w", err)
	}
	s.past = recall(historyFile(t, asked.Forget))
	fmt.Fprint(t.Out, promptHelp)
	return s.edited(ctx, in)
}

// plain reads statements from something that is no screen; the first that fails ends it.
func (s *conversation) plain(ctx context.Context) error {
	lines := bufio.NewScanner(s.t.In)
	lines.Buffer(nil, 1<<20)
	var typed []string
	for {
		more, err := waited(ctx, func() (bool, error) { return lines.Scan(), nil })
		if err != nil {
			return err
		}
		if !more {
			break
		}
		typed = append(typed, lines.Text())
		if statement, whole := gathered(typed); whole {
			if err := s.run(ctx, statement); err != nil {
				return err
			}
			typed = nil
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("sql: standard input: %w", err)
	}
	return s.run(ctx, strings.Join(typed, "\n"))
}

// waited does what waits for somebody to type or to write, and does not wait for it once the work is to end.
func waited[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type given struct {
		value T
		err   error
	}
	done := make(chan given, 1)
	go func() {
		value, err := do()
		done <- given{value, err}
	}()
	select {
	case g := <-done:
		return g.value, g.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// edited reads statements at a screen. The screen is raw only while a line is typed: an interrupt reaches a statement that
// runs, and what statements print is printed as ever.
func (s *conversation) edited(ctx context.Context, in *os.File) error {
	keys := &keys{in: in}
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{keys, cmp.Or(s.t.Drawn[0], s.t.Out)}, "koblet> ")
	editor.History = s.past
	editor.AutoCompleteCallback = func(line string, at int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		line, at, choices := completed(line, at, s.names)
		if len(choices) > 1 {
			_, _ = editor.Write([]byte(strings.Join(choices, "  ") + "\n"))
		}
		return line, at, true
	}
	var typed []string
	for {
		editor.SetPrompt("koblet> ")
		if len(typed) > 0 {
			editor.SetPrompt("   ...> ")
		}
		line, err := readLine(ctx, editor, in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, term.ErrPasteIndicator) {
			return fmt.Errorf("sql: %w", err)
		}
		if keys.cancelled() {
			typed = nil
			continue
		}
		typed = append(typed, line)
		statement, whole := gathered(typed)
		if !whole {
			continue
		}
		typed = nil
		if statement == `\q` {
			return nil
		}
		if err := s.interruptible(ctx, statement); err != nil {
			return err
		}
	}
}

// keys reads what is typed at a screen. The editor takes Ctrl-C for the end of the input, as it does Ctrl-D; here it takes
// back what was typed, as other prompts do: to the end of the line, all of it away, and a new line. What is pasted may hold what a
// screen obeys though no key gives it; the editor would show it as it is, so it is left out.
type keys struct {
	in     io.Reader
	typed  []byte // the beginning of a character whose end is not read yet
	ready  []byte // for the editor
	cancel bool
}

const ctrlC, ctrlE, ctrlU = 3, 5, 21

func (k *keys) Read(into []byte) (int, error) {
	var err error
	if len(k.ready) == 0 {
		var n int
		more := make([]byte, 256)
		n, err = k.in.Read(more)
		k.typed = append(k.typed, more[:n]...)
		for len(k.typed) > 0 && utf8.FullRune(k.typed) {
			k.take()
		}
	}
	n := copy(into, k.ready)
	if k.ready = k.ready[n:]; len(k.ready) > 0 {
		return n, nil
	}
	return n, err
}

// take takes one character.
func (k *keys) take() {
	r, size := utf8.DecodeRune(k.typed)
	key := k.typed[:size]
	k.typed = k.typed[size:]
	switch {
	case r == ctrlC:
		k.ready = append(k.ready, ctrlE, ctrlU, '\r')
		k.cancel = true
	case r <= unicode.MaxASCII || characters.Visible(string(key)) == string(key):
		k.ready = append(k.ready, key...)
	}
}

// cancelled reports whether Ctrl-C was typed since it was last asked.
func (k *keys) cancelled() bool {
	was := k.cancel
	k.cancel = false
	return was
}

// interruptible runs a statement that an interrupt ends, and says what went wrong; the error is that the prompt is to end.
func (s *conversation) interruptible(ctx context.Context, statement string) error {
	limited, done := terminal.Interruptible(ctx)
	defer done()
	err := s.run(limited, statement)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		terminal.Complain(s.t.Err, errors.New("sql: interrupted"))
	case err != nil:
		terminal.Complain(s.t.Err, err)
	}
	return nil
}

func readLine(ctx context.Context, editor *term.Terminal, in *os.File) (string, error) {
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return "", err
	}
	defer term.Restore(int(in.Fd()), before) //nolint:errcheck // nothing better can be done to a screen
	if width, height, err := term.GetSize(int(in.Fd())); err == nil && width > 0 {
		_ = editor.SetSize(width, height) // a screen that will not say how wide it is gets 80
	}
	return waited(ctx, editor.ReadLine)
}

// gathered joins the lines typed so far and says whether they are whole: a semicolon or an empty line ends a statement, a
// word with a backslash needs none.
func gathered(typed []string) (string, bool) {
	text := strings.TrimSpace(strings.Join(typed, "\n"))
	last := strings.TrimSpace(typed[len(typed)-1])
	return text, last == "" || strings.HasSuffix(last, ";") || strings.HasPrefix(text, `\`)
}

// run runs one statement, or one word of the prompt's own.
func (s *conversation) run(ctx context.Context, statement string) error {
	words := strings.Fields(statement)
	switch {
	case len(words) == 0 || words[0] == `\q`:
		return nil
	case words[0] == `\?`:
		fmt.Fprint(s.t.Err, promptHelp)
		return nil
	case words[0] == `\d` && len(words) == 1:
		statement = queries.Script("fence/tables")
	case words[0] == `\d`:
		statement = "describe " + strings.Join(words[1:], " ")
	case strings.HasPrefix(words[0], `\`):
		return terminal.Cure(`\?`, "sql: %s is no word of the prompt", words[0])
	}
	if err := s.asked.Answer(ctx, statement, s.out); err != nil {
		return fmt.Errorf("sql: %w", err)
	}
	return nil
}

// keywords are the words of SQL that the prompt completes beside names.
const keywords = "select from where group by order by having limit with as and or not in is null between like case when then else " +
	"end count sum min max avg distinct join left using on union all filter over partition describe summarize show tables explain"

// complete gives what can be completed: the names of tables and columns, and SQL's common words.
func (s *conversation) complete(ctx context.Context) ([]string, error) {
	var names strings.Builder
	if err := s.asked.Names(ctx, &names); err != nil {
		return nil, err
	}
	all := append(strings.Fields(names.String())[1:], strings.Fields(keywords)...)
	slices.Sort(all)
	return slices.Compact(all), nil
}

// completed completes the word before the cursor as far as the names that begin like it agree, and gives those names.
func completed(line string, at int, names []string) (string, int, []string) {
	start := strings.LastIndexFunc(line[:at], func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) + 1
	word := line[start:at]
	var choices []string
	for _, name := range names {
		if word != "" && strings.HasPrefix(name, strings.ToLower(word)) {
			choices = append(choices, name)
		}
	}
	if len(choices) == 0 {
		return line, at, nil
	}
	common := choices[0]
	for _, c := range choices[1:] {
		for !strings.HasPrefix(c, common) {
			common = common[:len(common)-1]
		}
	}
	if len(choices) == 1 {
		common += " "
	}
	return line[:start] + common + line[at:], start + len(common), choices
}

// past is the history of the prompt: what was typed, newest first, and the file where it is kept; none is kept where the
// identities are open, since what is typed there may name somebody.
type past struct {
	lines []string // oldest first
	file  string
}

// historyFile is where the prompt's history is kept: in the user's state folder.
func historyFile(t terminal.Terminal, forget bool) string {
	if forget {
		return ""
	}
	if dir := t.Env("XDG_STATE_HOME"); dir != "" {
		return filepath.Join(dir, "koblet", "history")
	}
	if home := t.Env("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "koblet", "history")
	}
	return ""
}

const remembered = 1000

func recall(file string) *past {
	p := &past{file: file}
	text, err := os.ReadFile(file)
	if err == nil {
		p.lines = strings.Split(strings.TrimSpace(characters.VisibleLines(string(text))), "\n")
		p.lines = p.lines[max(0, len(p.lines)-remembered):]
	}
	return p
}

// Add keeps a line, unless it is empty, the same as the last, or may hold somebody's number. What cannot be kept on the disk is
// remembered for this session.
func (p *past) Add(line string) {
	line = strings.TrimSpace(line)
	if line == "" || registers.WithoutNumbers(line) != line || len(p.lines) > 0 && p.lines[len(p.lines)-1] == line {
		return
	}
	p.lines = append(p.lines, line)
	if p.file == "" {
		return
	}
	if err := os.MkdirAll(filepath.Dir(p.file), 0o700); err != nil {
		return
	}
	kept := p.lines[max(0, len(p.lines)-remembered):]
	_ = os.WriteFile(p.file, []byte(strings.Join(kept, "\n")+"\n"), 0o600)
}

// Len is how many lines are remembered.
func (p *past) Len() int { return len(p.lines) }

// At is the line typed so long ago: 0 is the last.
func (p *past) At(ago int) string { return p.lines[len(p.lines)-1-ago] }
