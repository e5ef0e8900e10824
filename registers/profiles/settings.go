package profiles

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"koblet/registers/characters"
)

// setting is one key of a TOML text with its value, or a section's beginning.
type setting struct {
	path  []string // the section's name and the key's, part by part
	row   int      // which of the sections [[name]], counted from 1; 0 for others
	line  int      // counted from 1
	value any      // string, []string, int64, float64, bool, tableOpened, or nil for what no setting may be
}

// opened is the value of a section's beginning.
type opened struct{}

var tableOpened any = opened{}

// mostKeys is how many keys a section has, and how many sections a profile has; rows of code lists are no sections. The library looks
// for each key among all that its section has already.
const mostKeys = 5000

// readSettings lists what a TOML text sets, in order. Its error begins with the line.
//
// The library's decoder says whether the text is TOML and sets nothing twice. It would stop at the first value
// of a wrong kind, and knows no lines of keys that go into a map; so what is set is read from its parser.
func readSettings(text []byte) ([]setting, error) {
	r := settingsReader{parser: &unstable.Parser{}, text: text, line: 1, rows: map[string]int{}}
	r.parser.Reset(text)
	for r.parser.NextExpression() {
		if r.expression(r.parser.Expression()); r.keys > mostKeys || r.sections > mostKeys {
			return nil, fmt.Errorf("%d: more than %d keys in a section, or sections; no profile has so many", r.line, mostKeys)
		}
	}
	var whole map[string]any
	var wrong *toml.DecodeError
	switch err := toml.Unmarshal(text, &whole); {
	case errors.As(err, &wrong):
		line, _ := wrong.Position()
		return nil, fmt.Errorf("%d: %s", line, characters.Echo(strings.TrimPrefix(wrong.Error(), "toml: ")))
	case err != nil:
		return nil, fmt.Errorf("1: %s", characters.Echo(strings.TrimPrefix(err.Error(), "toml: ")))
	}
	if err := r.parser.Error(); err != nil {
		return nil, fmt.Errorf("1: %s", characters.Echo(strings.TrimPrefix(err.Error(), "toml: ")))
	}
	return r.settings, nil
}

type settingsReader struct {
	parser   *unstable.Parser
	text     []byte
	at, line int     // how far lines are counted
	keys     int     // of the section that is open
	sections int     // but rows of lists
	section  setting // the one that is open
	rows     map[string]int
	settings []setting
}

func (r *settingsReader) expression(n *unstable.Node) {
	switch n.Kind {
	case unstable.Table, unstable.ArrayTable:
		path, line := r.key(n.Key())
		r.section = setting{path: path, line: line, value: tableOpened, row: r.rows[path[0]]}
		if r.keys = 0; n.Kind == unstable.Table || r.rows[path[0]] == 0 || len(path) > 1 {
			r.sections++
		}
		if n.Kind == unstable.ArrayTable {
			r.rows[path[0]]++
			r.section.row = r.rows[path[0]]
		}
		r.settings = append(r.settings, r.section)
	case unstable.KeyValue:
		r.keyValue(r.section, n)
	default: // a comment
	}
}

func (r *settingsReader) keyValue(in setting, n *unstable.Node) {
	r.keys++
	path, line := r.key(n.Key())
	s := setting{path: append(append([]string{}, in.path...), path...), row: in.row, line: line}
	if n.Value().Kind != unstable.InlineTable {
		s.value = plainValue(n.Value())
		r.settings = append(r.settings, s)
		return
	}
	s.value = tableOpened
	r.settings = append(r.settings, s)
	for it := n.Value().Children(); it.Next(); {
		r.keyValue(s, it.Node())
	}
}

// key gives the parts of a key and the line it stands on.
func (r *settingsReader) key(it unstable.Iterator) (path []string, line int) {
	for it.Next() {
		path = append(path, string(it.Node().Data))
		if line == 0 {
			line = r.lineOf(int(it.Node().Raw.Offset))
		}
	}
	return path, line
}

// lineOf is the line of a place that is not before the last one asked for: the parser would count from the beginning each time.
func (r *settingsReader) lineOf(at int) int {
	if at > r.at {
		r.line += bytes.Count(r.text[r.at:at], []byte("\n"))
		r.at = at
	}
	return r.line
}

// plainValue is the value of a node; nil for what no setting may be.
func plainValue(n *unstable.Node) any {
	switch n.Kind {
	case unstable.String, unstable.LocalDate:
		return string(n.Data)
	case unstable.Array:
		list := []string{}
		for it := n.Children(); it.Next(); {
			if it.Node().Kind == unstable.Comment {
				continue
			}
			text, isText := plainValue(it.Node()).(string)
			if !isText {
				return nil
			}
			list = append(list, text)
		}
		return list
	case unstable.Integer, unstable.Float, unstable.Bool:
		// The decoder knows every way to write a number.
		var whole map[string]any
		if toml.Unmarshal(append([]byte("x="), n.Data...), &whole) != nil {
			return nil
		}
		return whole["x"]
	}
	return nil
}
