package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"koblet/queries"
	"koblet/registers"
	"koblet/registers/characters"
)

// Period is a span of decision days, both ends included. A zero day leaves that end open.
type Period struct{ First, Last time.Time }

// ParsePeriod reads a year, a month or a day: 2013, 2013-05 or 2013-05-17.
func ParsePeriod(text string) (Period, error) {
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {time.DateOnly, 0, 0, 1}} {
		if first, err := time.Parse(form.layout, text); err == nil {
			return Period{First: first, Last: first.AddDate(form.years, form.months, form.days).AddDate(0, 0, -1)}, nil
		}
	}
	return Period{}, fmt.Errorf("no period: want a year, a month or a day such as 2013, 2013-05 or 2013-05-17")
}

// UnmarshalText reads a period as ParsePeriod does; an empty text is the zero period.
func (p *Period) UnmarshalText(text []byte) (err error) {
	*p = Period{}
	if len(text) > 0 {
		*p, err = ParsePeriod(string(text))
	}
	return err
}

// MarshalText writes a period as UnmarshalText reads it: the year, month or day that it is.
func (p Period) MarshalText() ([]byte, error) {
	if p == (Period{}) {
		return nil, nil
	}
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		text := p.First.Format(layout)
		if same, err := ParsePeriod(text); err == nil && same == p {
			return []byte(text), nil
		}
	}
	return nil, errors.New("a period that is no year, month or day")
}

// Categories are the names of the categories of residence, in the order of the manual.
var Categories = []string{"asylum", "family", "work", "study", "eu", "other", "brexit", "ukraine", "unknown"}

// Scope is what a question is asked for. The zero Scope asks for everything: every decision, every category, and each
// parameter at its default.
type Scope struct {
	From, To   Period            // the period begins with From's first day and ends with To's last
	Categories []string          // none means all
	Params     map[string]string // the question's own parameters, as text
	Row        map[string]string `toml:"-"` // of an answer: the rows that are wanted, by key; none means all
	Cell       map[string]string `toml:"-"` // of a list: the cell of an answer that it is restricted to, by key; an empty text is the empty key
}

// With is a scope with further parameters; a narrower one replaces period and categories.
func (s Scope) With(o Scope) Scope {
	out := Scope{From: s.From, To: s.To, Categories: s.Categories, Params: map[string]string{}}
	if o.From != (Period{}) || o.To != (Period{}) {
		out.From, out.To = o.From, o.To
	}
	if len(o.Categories) > 0 {
		out.Categories = o.Categories
	}
	maps.Copy(out.Params, s.Params)
	maps.Copy(out.Params, o.Params)
	return out
}

// Bind gives a value to every parameter that the question declares. It refuses what the question does not declare and
// names what it has, a category that is none, a value not of the parameter's type, and a period that ends before it begins.
func (s Scope) Bind(q queries.Question) ([]Argument, error) {
	given, err := s.asked()
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := q.Param(name); !ok {
			return nil, fmt.Errorf("%s: no %s; it takes %s", q.Name, flagOf(name), paramList(q))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Params)) {
		if _, ok := q.Param(name); !ok || reserved[name] != "" {
			return nil, fmt.Errorf("%s: no parameter %q; it takes %s", q.Name, name, paramList(q))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(s.Cell)) {
		if !slices.Contains(q.CellKeys(), key) {
			return nil, fmt.Errorf("%s: no key %q; there are %s", q.Name, key, strings.Join(q.CellKeys(), ", "))
		}
	}
	arguments := make([]Argument, 0, len(q.Params))
	for _, p := range q.Params {
		value, ok := given[p.Name]
		if !ok {
			if value, err = s.value(p); err != nil {
				return nil, fmt.Errorf("%s: parameter %s: %w", q.Name, p.Name, err)
			}
		}
		arguments = append(arguments, Argument{p.Name, value})
	}
	return arguments, nil
}

// value is what the scope gives a parameter: its own value, that of the cell, or the default. NULL restricts nothing.
func (s Scope) value(p queries.Param) (any, error) {
	text, set := s.Params[p.Name]
	if key, ok := p.CellKey(); ok && !set {
		if at, named := s.Cell[key]; named {
			return characters.Bare(at), nil
		}
	}
	if !set && p.Default == "" {
		return nil, nil
	}
	if !set {
		text = p.Default
	}
	return parseValue(p, text)
}

// reserved are the parameters that have flags of their own.
var reserved = map[string]string{"from_day": "--from", "to_day": "--to", "categories": "--category"}

// asked gives the values of the reserved parameters that the scope restricts.
func (s Scope) asked() (map[string]any, error) {
	given := map[string]any{}
	if !s.From.First.IsZero() {
		given["from_day"] = s.From.First
	}
	if !s.To.Last.IsZero() {
		given["to_day"] = s.To.Last
	}
	if !s.From.First.IsZero() && !s.To.Last.IsZero() && s.To.Last.Before(s.From.First) {
		return nil, fmt.Errorf("the period ends on %s, before it begins on %s",
			s.To.Last.Format(time.DateOnly), s.From.First.Format(time.DateOnly))
	}
	for _, c := range s.Categories {
		if !slices.Contains(Categories, c) {
			return nil, fmt.Errorf("no category %q; the categories are %s", c, strings.Join(Categories, ", "))
		}
	}
	if len(s.Categories) > 0 {
		given["categories"] = s.Categories
	}
	return given, nil
}

func flagOf(param string) string {
	if flag := reserved[param]; flag != "" {
		return flag
	}
	if key, ok := (queries.Param{Name: param}).CellKey(); ok {
		return "--drill " + key
	}
	return "parameter " + param
}

// paramList names what a question takes, as a user would type it.
func paramList(q queries.Question) string {
	var names []string
	for _, p := range q.Params {
		if flag := reserved[p.Name]; flag != "" {
			names = append(names, flag)
		} else {
			names = append(names, "--param "+p.Name+"=")
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// longest is the most days that a parameter takes: a hundred years. More is a slip of the finger, and lies beyond the
// database's days.
const longest = 36525

// parseValue reads a parameter's text as the texts of the extracts were read: without the blanks around it, each letter as one character.
func parseValue(p queries.Param, text string) (any, error) {
	text = characters.Bare(text)
	switch p.Type {
	case "BIGINT":
		n, err := strconv.ParseUint(text, 10, 63)
		if spansDays(p) && (err != nil || n > longest) {
			return nil, fmt.Errorf("want a whole number of days from 0 to %d", longest)
		}
		if err == nil {
			return int64(n), nil
		}
		return nil, errors.New("want a whole number, 0 or more")
	case "BOOLEAN":
		if text == "true" || text == "false" {
			return text == "true", nil
		}
		return nil, errors.New("want true or false")
	case "DATE":
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return day, nil
		}
		return nil, errors.New("want a day such as 2013-05-17")
	}
	if strings.TrimSpace(text) == "" || strings.ContainsFunc(text, unicode.IsControl) {
		return nil, errors.New("want a text")
	}
	if p.Type == "VARCHAR[]" {
		all := strings.Split(text, ",")
		for i := range all {
			all[i] = characters.Bare(all[i])
		}
		return all, nil
	}
	return text, nil
}

// codesOf are the code lists whose words stand for the values of parameters that people read.
var codesOf = map[string]string{"categories": "category", "municipality": "municipality", "citizenship": "country", "person_group": "person_group"}

// Restriction says what an answer was restricted to: each parameter that is not at its default, in the words of its header, and of a
// list the cell, as it was asked for. It is empty where everything was asked for.
func (r Result) Restriction() Note {
	return restriction(r.Question, r.Arguments)
}

// restriction says it of a question asked with arguments.
func restriction(q queries.Question, arguments []Argument) Note {
	var parts []Figure
	var cell []string
	for _, a := range arguments {
		p, known := q.Param(a.Name)
		if !known || a.Value == nil || KeyText(a.Value) == p.Default || p.Name == "rows" { // how many are listed restricts nothing
			continue
		}
		if key, of := p.CellKey(); of {
			cell = append(cell, key+"="+KeyText(a.Value))
			continue
		}
		parts = append(parts, within(fmt.Sprintf("part_%d", len(parts)+1), bound(p, a.Value)))
	}
	if list := strings.Join(cell, ","); list != "" {
		parts = append(parts, within("cell", say("cellen {cell}", "the cell {cell}", plain("cell", list))))
	}
	places := make([]string, len(parts))
	for i := range parts {
		places[i] = "{" + parts[i].Name + "}"
	}
	if len(parts) == 0 {
		return Note{}
	}
	list := strings.Join(places, "; ")
	return say("Afgrænsning: "+list+".", "Restricted to: "+list+".", parts...)
}

// bound says what one parameter was bound to. Of one that is true its meaning says all; what NULL would do is left out.
func bound(p queries.Param, value any) Note {
	meaning := func(text string) string { before, _, _ := strings.Cut(text, "; NULL"); return before }
	name := named("name", queries.Words{Da: meaning(cmp.Or(p.Meaning.Da, p.Meaning.En, p.Name)), En: meaning(cmp.Or(p.Meaning.En, p.Meaning.Da, p.Name))})
	if value == true {
		return say("{name}", "{name}", name)
	}
	codes, several := value.([]string)
	if code, one := value.(string); one {
		codes, several = []string{code}, true
	}
	if !several {
		return say("{name}: {value}", "{name}: {value}", name, plain("value", value))
	}
	words := make([]queries.Words, len(codes))
	for i, code := range codes {
		list := codesOf[p.Name]
		words[i] = queries.Words{Da: registers.Label(list, code, "da"), En: registers.Label(list, code, "en")}
		if words[i].Da != code && (list == "municipality" || list == "country") { // their codes are read, too
			words[i].Da, words[i].En = words[i].Da+" ("+code+")", words[i].En+" ("+code+")"
		}
	}
	return say("{name}: {value}", "{name}: {value}", name, named("value", words...))
}

// spansDays reports whether a parameter is a number of days.
func spansDays(p queries.Param) bool { return p.Name == "days" || p.Name == "maturity" }
