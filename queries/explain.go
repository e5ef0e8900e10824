package queries

import (
	"fmt"
	"strings"
	"time"
)

// Explain gives the question as SQL that runs in any DuckDB shell on the snapshot's file: the statement, prepared, and its
// execution with these values. A parameter without a value is NULL.
func (q Question) Explain(values map[string]any) string {
	text := q.Statement()
	if len(q.Params) == 0 {
		return text + "\n"
	}
	given := make([]string, len(q.Params))
	for i, p := range q.Params {
		given[i] = fmt.Sprintf("%s := %s", p.Name, constant(values[p.Name], p.Type))
	}
	return fmt.Sprintf("prepare %s as\n%s\n\nexecute %s(%s);\n", q.Name, text, q.Name, strings.Join(given, ", "))
}

// constant writes a value as SQL, typed, so that a shell binds what the program binds.
func constant(value any, kind string) string {
	switch v := value.(type) {
	case nil:
		return "null::" + strings.ToLower(kind)
	case string:
		return quote(v)
	case []string:
		texts := make([]string, len(v))
		for i, t := range v {
			texts[i] = quote(t)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	case time.Time:
		return "date " + quote(v.Format(time.DateOnly))
	}
	return fmt.Sprint(value)
}

func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
