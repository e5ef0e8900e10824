package reports

import (
	"errors"
	"fmt"
	"strings"
	"text/template"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// hidden is what people read in place of a hidden figure.
const hidden = "[c]"

// row is one row of an answer by column name; a nil row is a fact without figures.
type row map[string]any

// builder holds what a report under construction knows.
type builder struct {
	brief    Commission
	say      locale
	studies  []analysis.Study
	facts    map[string]any
	reasons  map[string]analysis.Note // why a fact has no figures
	answers  analysis.Answers
	reserved bool            // a sentence has said the reservations
	shared   map[string]bool // notes that stand with the whole report
}

func (b *builder) gather(facts []fact) error {
	for _, f := range facts {
		r, err := b.fact(f)
		if err != nil {
			return fmt.Errorf("fact %s: %w", f.Name, err)
		}
		b.facts[f.Name] = r
	}
	return nil
}

func (b *builder) fact(f fact) (row, error) {
	delete(b.reasons, f.Name)
	ask, err := f.ask(b.studies)
	if err != nil {
		return nil, err
	}
	result, err := b.answers.To(ask)
	if errors.Is(err, store.ErrNoSnapshot) {
		return row{}, nil
	}
	if err != nil {
		return nil, err
	}
	b.reasons[f.Name] = result.NotApplicable
	return b.pick(f, result), nil
}

// pick finds the row that a fact speaks of. It compares figures but makes none.
func (b *builder) pick(f fact, r analysis.Result) row {
	best := row{}
	column := f.Highest + f.Last
	for i := range r.Rows {
		candidate := row{}
		for _, c := range r.Columns {
			candidate[c.Name] = r.Value(i, c.Name)
		}
		if !agrees(candidate, f.Where) || f.passesOver(r, i) {
			continue
		}
		if column == "" {
			return candidate
		}
		if suppressed(candidate[column]) || suppressed(candidate["total"]) {
			return unknowable(candidate) // which is the highest cannot be said of what is shown alone
		}
		if candidate[column] != nil && (best[column] == nil || greater(candidate[column], best[column])) {
			best = candidate
		}
	}
	return best
}

// unknowable is a row all of whose figures and keys are hidden.
func unknowable(r row) row {
	out := row{}
	for name := range r {
		out[name] = analysis.Suppressed{}
	}
	return out
}

// passesOver reports whether the row is none to pick among others: it is none to speak of, or too few permits are behind it.
func (f fact) passesOver(answer analysis.Result, at int) bool {
	if f.Highest+f.Last == "" {
		return false
	}
	total, _ := answer.Value(at, "total").(int64)
	return answer.PassedOver(at) || total < f.Least
}

func agrees(r row, where map[string]string) bool {
	for column, value := range where {
		if fmt.Sprint(r[column]) != value {
			return false
		}
	}
	return true
}

func greater(a, b any) bool {
	switch a := a.(type) {
	case int64:
		b, ok := b.(int64)
		return ok && a > b
	case float64:
		b, ok := b.(float64)
		return ok && a > b
	}
	return fmt.Sprint(a) > fmt.Sprint(b)
}

// sentence fills a template with the facts; where one of the figures it prints is not applicable, the other words stand.
func (b *builder) sentence(words, otherwise queries.Words) (string, error) {
	text, missing, err := b.fill(b.say.word(words))
	if err != nil || !missing || b.say.word(otherwise) == "" {
		return text, err
	}
	text, _, err = b.fill(b.say.word(otherwise))
	return text, err
}

func (b *builder) sentences(words []queries.Words) ([]string, error) {
	var out []string
	for _, w := range words {
		text, err := b.sentence(w, queries.Words{})
		if err != nil {
			return nil, err
		}
		if text != "" {
			out = append(out, text)
		}
	}
	return out, nil
}

// orMissing notes that a value is not applicable.
func orMissing(v any, missing *bool) any {
	*missing = *missing || v == nil
	return v
}

func (b *builder) fill(words string) (text string, missing bool, err error) {
	show := func(v any, unit string) string {
		if v == nil {
			missing = true
		}
		if suppressed(v) {
			return hidden
		}
		return b.say.value(v, unit)
	}
	functions := template.FuncMap{
		"pct": func(v any) string {
			if v == nil || suppressed(v) {
				return show(v, unitShare)
			}
			if rate, ok := v.(float64); ok {
				return b.say.percent(rate) + " " + b.say.word(wordPercent)
			}
			return show(v, unitShare) + " " + b.say.word(wordPercent)
		},
		"points": func(v any) string {
			if suppressed(v) {
				return hidden
			}
			return b.say.figure(analysis.Figure{Value: orMissing(v, &missing), Unit: unitPoints})
		},
		"count": func(v any) string { return show(v, "permits") },
		"year":  func(v any) string { return show(v, "") },
		"day":   b.say.day,
		"word": func(list string, code any) string {
			if code == nil {
				missing = true
				return dash
			}
			if suppressed(code) {
				return hidden
			}
			return registers.Label(list, fmt.Sprint(code), b.say.code)
		},
		"reservations": func() string {
			b.reserved = true
			return b.reservations()
		},
		"known": func(v any) bool { return v != nil && !suppressed(v) },
	}
	t, err := template.New("sentence").Funcs(functions).Parse(strings.Join(strings.Fields(words), " "))
	if err != nil {
		return "", false, err
	}
	var out strings.Builder
	if err := t.Execute(&out, b.facts); err != nil {
		return "", false, err
	}
	// A unit that ends in a full stop ends the sentence with it.
	stop := b.say.word(wordPercent)
	text = strings.TrimSpace(out.String())
	if strings.HasSuffix(stop, ".") {
		text = strings.ReplaceAll(text, stop+".", stop)
	}
	return text, missing, nil
}
