package fence

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"koblet/queries"
	"koblet/registers"
)

// wordingOf is a statement as the log of lookups keeps it: written anew from what DuckDB's parser read, without comments, with
// '…' for every constant and name_1, name_2 for every name that is not one of the snapshot's or of DuckDB's functions and types.
// Whatever could be somebody's name or number is none of those words.
func (s *enclosed) wordingOf(ctx context.Context, statement string) (string, error) {
	tree, err := s.parsed(ctx, statement)
	if err != nil {
		return noWording, nil //nolint:nilerr // the gate says what is wrong with it
	}
	w := wording{known: map[string]bool{}, names: map[string]string{}}
	if err := s.pairs(ctx, queries.Script("fence/words"), func(kind, word string) { w.known[kind+" "+strings.ToLower(word)] = true }); err != nil {
		return "", err
	}
	for _, table := range registers.Tables() { // whose identities are not attached yet
		for _, f := range table.Fields {
			w.known["name "+f.Name] = true
		}
	}
	for _, name := range []string{people, "protected", "birth_date_text", "row_key", "table_name", "column_name", "text"} {
		w.known["name "+name] = true
	}
	written, err := json.Marshal(map[string]any{"error": false, "statements": []any{w.bare("", tree)}})
	if err != nil {
		return "", err
	}
	var text string
	if err := s.conn.QueryRowContext(ctx, queries.Script("fence/worded"), sql.Named("tree", string(written))).Scan(&text); err != nil {
		return noWording, nil //nolint:nilerr // better no words than a statement that is not looked up
	}
	return strings.ToLower(strings.Join(strings.Fields(text), " ")), nil
}

// noWording stands for a statement that cannot be written without its values.
const noWording = "(a statement that DuckDB's parser does not write)"

// wording takes what a parser read down to known words.
type wording struct {
	known map[string]bool   // kind and word
	names map[string]string // what stands for the names that are not
}

// parserWords are the keys under which the parser puts words of its own, in capitals, and never the user's.
var parserWords = []string{
	"type", "class", "id", "join_type", "ref_type", "show_type", "aggregate_handling", "setop_type", "subquery_type", "comparison_type",
	"with_ordinality", "null_order", "start", "end", "exclude_clause", "ctematerialized", "materialized", "method", "pivot_type",
}

var (
	parserWord = regexp.MustCompile(`^[A-Z_ ]*$`)
	longNumber = regexp.MustCompile(`[0-9]{5}`)
)

// bare gives a node without values.
func (w *wording) bare(key string, node any) any {
	switch n := node.(type) {
	case []any:
		all := make([]any, len(n))
		for i, child := range n {
			all[i] = w.bare(key, child)
		}
		return all
	case map[string]any:
		if isNull, constant := n["is_null"].(bool); constant {
			if isNull {
				return map[string]any{"type": map[string]any{"id": "NULL", "type_info": nil}, "is_null": true}
			}
			return map[string]any{"type": map[string]any{"id": "VARCHAR", "type_info": nil}, "is_null": false, "value": "…"}
		}
		all := map[string]any{}
		for _, k := range slices.Sorted(maps.Keys(n)) {
			all[k] = w.bare(k, n[k])
		}
		if _, sampled := all["sample"]; sampled {
			all["sample"] = nil // the seed may be any number
		}
		return all
	case json.Number:
		if key != "query_location" && longNumber.MatchString(n.String()) {
			return json.Number("1")
		}
	case string:
		return w.plain(key, n)
	}
	return node
}

// plain gives a word that is known, or what stands for it.
func (w *wording) plain(key, text string) string {
	kind := "name"
	switch {
	case text == "" || slices.Contains(parserWords, key) && parserWord.MatchString(text):
		return text
	case key == "function_name":
		kind = "function"
	case key == "show_type" || key == "name":
		kind = "type"
	}
	low := strings.ToLower(text)
	if w.known[kind+" "+strings.Trim(low, `"`)] {
		return text
	}
	if w.names[low] == "" {
		w.names[low] = fmt.Sprintf("name_%d", len(w.names)+1)
	}
	return w.names[low]
}
