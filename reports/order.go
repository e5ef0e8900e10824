package reports

import (
	"cmp"
	"slices"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
)

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
