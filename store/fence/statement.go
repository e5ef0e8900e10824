package fence

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/queries"
)

// tableFunctions are those that a statement may call after FROM, beside the snapshot's own. What is not here reads files, sets
// something, writes, or shows what the statement did not read: new ones come with every version of DuckDB, so these are named and
// not those.
var tableFunctions = []string{
	"range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree", "histogram", "histogram_values",
	"icu_calendar_names", "pg_timezone_names", "test_all_types",
	"duckdb_columns", "duckdb_constraints", "duckdb_databases", "duckdb_functions", "duckdb_keywords", "duckdb_optimizers", "duckdb_schemas",
	"duckdb_settings", "duckdb_tables", "duckdb_types", "duckdb_views",
}

// neverCalled are functions that take SQL as a text, or write; shutWithPeople are those that show values of rows which the statement
// does not read: stats() gives the least and the greatest of a column.
var (
	neverCalled    = []string{"json_serialize_plan", "write_log"}
	shutWithPeople = []string{"stats"}
)

// gate lets through exactly one statement that is a SELECT, or an EXPLAIN of one, and calls nothing that leads out. DuckDB's parser
// says what it is; nothing of it is bound or run before. The driver's own QueryContext runs every statement but the last
// while it prepares them.
//
// EXPLAIN ANALYZE runs what it explains, be it a PRAGMA or a LOAD; so what it explains must pass by itself, and what is run is an
// EXPLAIN of that very text: where the user's comments end, for DuckDB's comments lie within each other, decides nothing. Where the
// identities are open there are no plans: DuckDB 1.5 writes least and greatest values into join filters and casts.
func (s *enclosed) gate(ctx context.Context, statement string) (passed string, err error) {
	if strings.ContainsRune(statement, 0) {
		return "", ErrStatement // DuckDB would read no further, and the log of lookups would
	}
	m := explained.FindStringSubmatch(statement)
	if m == nil {
		return statement, s.passes(ctx, statement)
	}
	if s.people {
		return "", ErrPlan
	}
	explain, inner := "explain ", m[2]
	if m[1] != "" {
		explain = "explain analyze "
	}
	if err := s.passes(ctx, inner); err == nil {
		return explain + inner, nil
	}
	how := options.FindString(inner)
	inner = inner[len(how):]
	return explain + how + " " + inner, s.passes(ctx, inner)
}

// unsaid is what may stand before a word of SQL.
const unsaid = `(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*`

var (
	explained = regexp.MustCompile(`(?is)^` + unsaid + `explain\b` + unsaid + `(?:(analy[sz]e)\b` + unsaid + `)?(.*)$`)
	options   = regexp.MustCompile(`^\(\s*\w+(?:\s+\w+)?(?:\s*,\s*\w+(?:\s+\w+)?)*\s*\)`)
)

// passes is the gate for what is no EXPLAIN.
func (s *enclosed) passes(ctx context.Context, statement string) error {
	tree, err := s.parsed(ctx, statement)
	if err != nil {
		return err
	}
	return s.walk(ctx, tree)
}

// parsed gives the one SELECT that a statement is, as DuckDB's parser read it. Errors: ErrStatement, and the parser's own.
func (s *enclosed) parsed(ctx context.Context, statement string) (map[string]any, error) {
	var text string
	if err := s.conn.QueryRowContext(ctx, queries.Script("fence/parsed"), sql.Named("statement", statement)).Scan(&text); err != nil {
		return nil, err
	}
	var read struct {
		Error      bool             `json:"error"`
		Type       string           `json:"error_type"`
		Statements []map[string]any `json:"statements"`
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&read); err != nil {
		return nil, fmt.Errorf("fence: what the parser read: %v", err)
	}
	if read.Error && read.Type == "parser" {
		return nil, s.unreadable(statement)
	}
	if read.Error || len(read.Statements) != 1 {
		return nil, ErrStatement
	}
	return read.Statements[0], nil
}

// unreadable is what DuckDB says of a statement that its parser does not take: it is not bound either.
func (s *enclosed) unreadable(statement string) error {
	err := s.conn.Raw(func(driver any) error {
		conn, ok := driver.(*duckdb.Conn)
		if !ok {
			return errors.New("not a connection of DuckDB's")
		}
		prepared, err := conn.Prepare(statement)
		if err == nil {
			return prepared.Close()
		}
		return err
	})
	if e := (*duckdb.Error)(nil); errors.As(err, &e) {
		return err
	}
	return ErrStatement
}

// walk looks at every function and every table that a statement names.
func (s *enclosed) walk(ctx context.Context, node any) error {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			if err := s.walk(ctx, child); err != nil {
				return err
			}
		}
	case map[string]any:
		if err := s.look(ctx, n); err != nil {
			return err
		}
		for _, child := range n {
			if err := s.walk(ctx, child); err != nil {
				return err
			}
		}
	}
	return nil
}

// look looks at one node of a statement.
func (s *enclosed) look(ctx context.Context, n map[string]any) error {
	switch kind := word(n, "type"); {
	case kind == "TABLE_FUNCTION":
		function, _ := n["function"].(map[string]any)
		return s.callable(ctx, function)
	case word(n, "class") == "FUNCTION":
		name := strings.ToLower(word(n, "function_name"))
		if slices.Contains(neverCalled, name) || s.people && slices.Contains(shutWithPeople, name) {
			return fmt.Errorf("%s: %w", name, ErrFunction)
		}
	case kind == "BASE_TABLE" || kind == "SHOW_REF":
		// DuckDB would open a file of that name, which it puts together of the parts: "/folder/extract".csv
		if strings.ContainsAny(word(n, "catalog_name")+word(n, "schema_name")+word(n, "table_name"), `/\.:*?`) {
			return ErrFile
		}
	}
	return nil
}

// callable refuses a table function that is not among those that may be called. The statement that query takes as a text passes by
// itself or not at all.
func (s *enclosed) callable(ctx context.Context, function map[string]any) error {
	name := strings.ToLower(word(function, "function_name"))
	if slices.Contains(tableFunctions, name) {
		return nil
	}
	if arguments, _ := function["children"].([]any); name == "query" && len(arguments) == 1 {
		constant, _ := arguments[0].(map[string]any)
		value, _ := constant["value"].(map[string]any)
		if text := word(value, "value"); word(constant, "class") == "CONSTANT" && text != "" {
			return s.passes(ctx, text)
		}
	}
	if s.functions == nil {
		s.functions = []string{}
		if err := s.pairs(ctx, queries.Script("fence/own_functions"), func(_, name string) { s.functions = append(s.functions, name) }); err != nil {
			return err
		}
	}
	if slices.Contains(s.functions, name) {
		return nil
	}
	if len(name) > 40 {
		name = "a table function"
	}
	return fmt.Errorf("%s: %w", name, ErrFunction)
}

// word is a text of a node; empty where there is none.
func word(node map[string]any, key string) string {
	text, _ := node[key].(string)
	return text
}
