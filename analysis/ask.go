package analysis

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"koblet/queries"
	"koblet/store"
)

// Ask is what is asked, before there is an answer: a question of the catalogue, two studies held against each other, or the
// snapshots of several days. A zero AsOf is the day that the whole report stands on.
type Ask struct {
	Question string
	AsOf     time.Time
	Scope    Scope
	Studies  []Study     // two, or none
	Days     []time.Time // two or more, or none
}

// key tells asks apart; maps print in the order of their keys.
func (a Ask) key() string {
	var studies []string
	for _, s := range a.Studies {
		studies = append(studies, s.Name)
	}
	return fmt.Sprintf("%q %v %v %v %q %q %v", a.Question, a.AsOf, a.Scope.From, a.Scope.To, a.Scope.Categories, []any{a.Scope.Params, studies}, a.Days)
}

// Command is the ask as it is typed to be asked alone, but for the store. An ask of the day that a report stands on names none.
func (a Ask) Command() string {
	words := []string{"koblet run " + a.Question}
	if len(a.Studies) > 0 {
		words = []string{"koblet compare"}
		for _, s := range a.Studies {
			words = append(words, s.Name)
		}
	}
	flag := func(name, value string) {
		if strings.ContainsAny(value, " '\"$") {
			value = "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
		}
		words = append(words, name, value)
	}
	if !a.AsOf.IsZero() {
		flag("--as-of", a.AsOf.Format(time.DateOnly))
	}
	for _, end := range []struct {
		name string
		Period
	}{{"--from", a.Scope.From}, {"--to", a.Scope.To}} {
		if text, err := end.MarshalText(); err == nil && len(text) > 0 {
			flag(end.name, string(text))
		}
	}
	for _, category := range a.Scope.Categories {
		flag("--category", category)
	}
	for _, name := range slices.Sorted(maps.Keys(a.Scope.Params)) {
		flag("--param", name+"="+a.Scope.Params[name])
	}
	return strings.Join(words, " ")
}

// Answers are what a report is laid out from: each answer once, whoever asks for it. Between Gather and the layout is the place
// where what may not be published is hidden.
type Answers struct {
	at      map[string]int // the place of an ask's answer; −1 where there is no snapshot of its day
	Results []Result       // in the order asked
}

// Gather has every ask answered, each once. That there is no snapshot of an ask's day is an answer, too.
func Gather(asks []Ask, answer func(Ask) (Result, error)) (Answers, error) {
	got := Answers{at: map[string]int{}}
	for _, a := range asks {
		if _, known := got.at[a.key()]; known {
			continue
		}
		r, err := answer(a)
		switch {
		case errors.Is(err, store.ErrNoSnapshot) && !a.AsOf.IsZero():
			got.at[a.key()] = -1
		case err != nil:
			return Answers{}, fmt.Errorf("question %s: %w", a.Question, err)
		default:
			got.at[a.key()] = len(got.Results)
			got.Results = append(got.Results, r)
		}
	}
	return got, nil
}

// To gives the answer to an ask; store.ErrNoSnapshot where there was no snapshot of its day. An ask that was not gathered is a
// fault of the definition's list of asks.
func (g Answers) To(a Ask) (Result, error) {
	at, gathered := g.at[a.key()]
	if !gathered {
		return Result{}, fmt.Errorf("question %s: not among the answers gathered", a.Question)
	}
	if at < 0 {
		return Result{}, fmt.Errorf("as of %s: %w", a.AsOf.Format(time.DateOnly), store.ErrNoSnapshot)
	}
	return g.Results[at], nil
}

// With are the same answers with other results, in the same order.
func (g Answers) With(results []Result) Answers { return Answers{at: g.at, Results: results} }

// Shelf holds the snapshots that one piece of work reads, each opened once, until Close.
type Shelf struct {
	Store *store.Store
	AsOf  time.Time // the day that is meant where none is named; zero is the newest
	open  []*store.Snapshot
}

// Take gives the snapshot of a day, of the shelf's own where the day is zero; store.ErrNoSnapshot where there is none.
func (s *Shelf) Take(ctx context.Context, day time.Time) (*store.Snapshot, error) {
	if day.IsZero() {
		day = s.AsOf
	}
	for _, snapshot := range s.open {
		if snapshot.AsOf.Equal(day) {
			return snapshot, nil
		}
	}
	snapshot, err := s.Store.Snapshot(ctx, day)
	if err != nil {
		return nil, err
	}
	if s.AsOf.IsZero() && day.IsZero() {
		s.AsOf = snapshot.AsOf // the newest stays the one that was the newest at first
	}
	s.open = append(s.open, snapshot)
	return snapshot, nil
}

// Taken are the snapshots taken so far, in the order they were first asked for.
func (s *Shelf) Taken() []*store.Snapshot { return s.open }

// Answer puts one question to the snapshot it is asked of.
func (s *Shelf) Answer(ctx context.Context, a Ask) (Result, error) {
	if len(a.Studies) > 0 {
		return CompareStudies(ctx, s, [2]Study(a.Studies))
	}
	if len(a.Days) > 0 {
		return CompareSnapshots(ctx, s, a.Days, a.Scope)
	}
	q, err := queries.Find(a.Question)
	if err != nil {
		return Result{}, err
	}
	snapshot, err := s.Take(ctx, a.AsOf)
	if err != nil {
		return Result{}, err
	}
	return Run(ctx, snapshot, q, a.Scope)
}

// days are those of all snapshots, in order.
func (s *Shelf) days() ([]time.Time, error) {
	entries, err := s.Store.Snapshots()
	var days []time.Time
	for _, e := range entries {
		days = append(days, e.AsOf)
	}
	return days, err
}

// Close closes every snapshot; they were only read, so nothing can be lost by it.
func (s *Shelf) Close() {
	for _, snapshot := range s.open {
		_ = snapshot.Close()
	}
	s.open = nil
}

// codeDigits is how many hexadecimal digits a figure code has.
const codeDigits = 12

// Code is the figure code of an answer, by which it is found again: the first 12 hexadecimal digits of SHA-256 over the question's name, what each of its
// parameters was bound to, and the snapshot's hash. Empty for what is no answer to one question of the catalogue.
func (r Result) Code() string {
	if known, err := queries.Find(r.Question.Name); err != nil || known.SQL != r.Question.SQL || r.Snapshot == "" {
		return ""
	}
	return Code(r.Question.Name, r.Arguments, r.Snapshot)
}

// Code is the figure code that an answer would have.
func Code(question string, arguments []Argument, snapshot string) string {
	bound := [][2]any{}
	for _, a := range arguments {
		switch v := a.Value.(type) {
		case []string:
			sorted := slices.Sorted(slices.Values(v)) // in whatever order they were named
			bound = append(bound, [2]any{a.Name, slices.Compact(sorted)})
		case time.Time:
			bound = append(bound, [2]any{a.Name, v.Format(time.DateOnly)})
		default:
			bound = append(bound, [2]any{a.Name, v})
		}
	}
	text, err := json.Marshal([]any{question, bound, snapshot})
	if err != nil {
		panic("analysis: an argument that is no value of a parameter: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])[:codeDigits]
}
