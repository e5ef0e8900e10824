package reports

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
)

// spread turns the values of one key into columns. Total row and total column are answers of their own.
func (b *builder) spread(p part, r analysis.Result) (Table, error) {
	down := slices.DeleteFunc(keysOf(r), func(k string) bool { return k == p.Across })
	if len(down) != 1 {
		return Table{}, fmt.Errorf("across %q: the question needs exactly one further key", p.Across)
	}
	t, codes := b.spreadColumns(p, down[0], r)
	if len(r.Rows) == 0 {
		return t, nil
	}
	unit := t.Columns[1].Unit
	lines := map[any]int{}
	for i := range r.Rows {
		key := r.Value(i, down[0])
		if _, ok := lines[key]; !ok {
			lines[key] = len(t.Rows)
			first := Cell{Value: key, Word: b.nameDown(r, r.Index(down[0]), r.Rows[i])}
			t.Rows = append(t.Rows, Row{Cells: append([]Cell{first}, slices.Repeat([]Cell{absent(r, p.Value)}, len(codes))...)})
		}
		at := slices.Index(codes, r.Value(i, p.Across))
		cell := cellOf(r.Value(i, p.Value))
		if cell.Mark == "" && r.SideMoves(r.Rows[i]) { // neither the whole row nor the whole column is
			cell.Mark = Provisional
		}
		t.Rows[lines[key]].Cells[1+at] = cell
	}
	return t, b.spreadTotals(p, down[0], &t, spreadOf{codes, unit, r})
}

// nameDown is what people read of the key that stands down a spread table: the name that stands beside it in the answer, or its word. A code that no
// list has a name for is read as it is.
func (b *builder) nameDown(r analysis.Result, key int, row []any) string {
	if next := key + 1; r.Columns[next].Role == queries.Attribute {
		if name, _ := row[next].(string); name != "" && name != "unknown" {
			return name
		}
	}
	return b.wordFor(r.Columns[key], row[key])
}

// absent is the cell of two keys that no row of an answer has together: no permits. A count and a share of permits is then nought; a
// rate has nothing to be a rate of, and what is computed was not.
func absent(r analysis.Result, column string) Cell {
	at := r.Index(column)
	switch {
	case r.Question.Computed != "":
		return Cell{}
	case at >= 0 && r.Columns[at].Unit == "permits":
		return Cell{Value: int64(0)}
	case r.Index("rate") < 0:
		return Cell{Value: 0.0}
	}
	return Cell{}
}

// spreadOf is what the totals of a spread table need to know: the codes across, the unit of the cells and the answer that is spread.
type spreadOf struct {
	codes  []any
	unit   string
	answer analysis.Result
}

// acrossCodes are the values of the key that is spread, in the order the section names, else in that in which people read them.
func (b *builder) acrossCodes(p part, r analysis.Result) []any {
	at, names := r.Index(p.Across), b.collator()
	var first [][]any // a row of each value
	for _, row := range r.Rows {
		if !slices.ContainsFunc(first, func(other []any) bool { return other[at] == row[at] }) {
			first = append(first, row)
		}
	}
	slices.SortStableFunc(first, func(x, y []any) int {
		return cmp.Or(p.rank(x[at])-p.rank(y[at]), b.byKey(names, r, at)(x, y))
	})
	codes := make([]any, len(first))
	for i, row := range first {
		codes[i] = row[at]
	}
	return codes
}

func (b *builder) spreadColumns(p part, down string, r analysis.Result) (Table, []any) {
	t := Table{Columns: []Column{b.column(p, r.Columns[r.Index(down)])}}
	if at := r.Index(down) + 1; r.Columns[at].Role == queries.Attribute { // its name is what is read
		t.Columns[0].Label = b.column(p, r.Columns[at]).Label
	}
	across := r.Columns[r.Index(p.Across)]
	unit := ""
	if i := r.Index(p.Value); i >= 0 {
		unit = r.Columns[i].Unit
	}
	codes := b.acrossCodes(p, r)
	for _, code := range codes {
		label := b.wordFor(across, code)
		if label == "" {
			label = b.say.value(code, "")
		}
		if across.Period != "" && r.Moves(code) {
			label += " " + Provisional.Beside()
		}
		t.Columns = append(t.Columns, Column{Name: fmt.Sprint(code), Label: label, Unit: unit, Head: b.say.word(p.Head)})
	}
	return t, codes
}

func (b *builder) spreadTotals(p part, down string, t *Table, s spreadOf) error {
	if p.Total != "" {
		totals, err := b.answers.To(p.ask(p.Total))
		if err != nil {
			return err
		}
		last := Row{Kind: Total, Cells: []Cell{{Word: b.say.word(wordTotal)}}}
		for _, code := range s.codes {
			last.Cells = append(last.Cells, cellOf(lookup(totals, p.Across, code, p.Value)))
		}
		t.Rows = append(t.Rows, last)
	}
	if p.AcrossTotal == "" {
		return nil
	}
	totals, err := b.answers.To(p.ask(p.AcrossTotal))
	if err != nil {
		return err
	}
	t.Columns = append(t.Columns, Column{Name: totalColumn, Label: b.say.word(wordTotal), Unit: s.unit, Head: t.Columns[1].Head})
	for i, r := range t.Rows {
		v := lookup(totals, down, r.Cells[0].Value, p.Value)
		if r.Kind == Total {
			v = s.answer.Whole(p.Value)
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, cellOf(v))
	}
	return nil
}

func lookup(r analysis.Result, key string, value any, column string) any {
	for i := range r.Rows {
		if r.Value(i, key) == value {
			return r.Value(i, column)
		}
	}
	return nil
}

// inReadingOrder puts the rows of an answer in the order in which people read them: codes as their list has them, names as a
// dictionary of the language does, numbers and days upwards, what is unknown or empty last, before it the codes that no list has a word or a
// name for, and before those the municipalities that were divided. The machine formats keep the byte order of the keys. Lists of single records, steps of one count and ranked rows stay as they are.
func (b *builder) inReadingOrder(r analysis.Result) analysis.Result {
	var keys []int
	for i, c := range r.Columns {
		if c.Role == queries.Record {
			return r
		}
		if c.Role == queries.Key {
			keys = append(keys, i)
		}
	}
	if len(keys) == 0 || r.Question.Ranked() {
		return r
	}
	names := b.collator()
	r.Rows = slices.Clone(r.Rows)
	slices.SortStableFunc(r.Rows, func(x, y []any) int {
		for _, k := range keys {
			if c := b.byKey(names, r, k)(x, y); c != 0 {
				return c
			}
		}
		return 0
	})
	return r
}

// collator compares names as a dictionary of the report's language does.
func (b *builder) collator() *collate.Collator {
	return collate.New(map[string]language.Tag{"da": language.Danish, "en": language.English}[b.say.code])
}

// byKey holds two rows against each other by one key.
func (b *builder) byKey(names *collate.Collator, r analysis.Result, key int) func(x, y []any) int {
	list := r.Columns[key].Codes
	listed := func(row []any) bool {
		code, text := row[key].(string)
		return text && code != "" && registers.Rank(list, code) >= 0
	}
	worded := slices.ContainsFunc(r.Rows, listed) // a list of words, not one that only checks codes
	strange := worded && slices.ContainsFunc(r.Rows, func(row []any) bool { return isCode(row[key]) && !listed(row) })
	place := func(row []any) int {
		code, text := row[key].(string)
		switch {
		case listed(row) && (code != "unknown" || !strange):
			return 0 // what the list knows has its place there, the unknown too: a step of that name is no last one
		case row[key] == nil, text && (code == "" || code == "unknown"):
			return 3
		case text && (worded || unnamed(r, key, row)):
			return 2
		case text && slices.Contains(r.Split, code):
			return 1
		}
		return 0
	}
	return func(x, y []any) int {
		if c := cmp.Compare(place(x), place(y)); c != 0 || place(x) == 3 {
			return c
		}
		switch v := x[key].(type) {
		case int64:
			w, _ := y[key].(int64)
			return cmp.Compare(v, w)
		case time.Time:
			w, _ := y[key].(time.Time)
			return v.Compare(w)
		case string:
			w, _ := y[key].(string)
			if listed(x) && listed(y) {
				return cmp.Compare(registers.Rank(list, v), registers.Rank(list, w))
			}
			if r.Columns[key].Period != "" {
				return cmp.Compare(v, w)
			}
			return cmp.Or(names.CompareString(b.nameOf(r, key, x), b.nameOf(r, key, y)), cmp.Compare(v, w))
		}
		return 0
	}
}

// isCode reports whether a key is a code, be it one of its list or not.
func isCode(key any) bool {
	code, text := key.(string)
	return text && code != ""
}

// unnamed reports whether the name that stands beside a key is none.
func unnamed(r analysis.Result, key int, row []any) bool {
	next := key + 1
	if next >= len(r.Columns) || r.Columns[next].Role != queries.Attribute {
		return false
	}
	name, _ := row[next].(string)
	return name == "" || name == "unknown"
}

// nameOf is what people read of a key: the name that stands beside it, or the word for its code.
func (b *builder) nameOf(r analysis.Result, key int, row []any) string {
	if next := key + 1; next < len(r.Columns) && r.Columns[next].Role == queries.Attribute {
		if name, _ := row[next].(string); name != "" {
			return name
		}
	}
	code, _ := row[key].(string)
	return registers.Label(r.Columns[key].Codes, code, b.say.code)
}
