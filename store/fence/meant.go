package fence

import (
	"context"
	"regexp"
	"strings"

	"koblet/queries"
	"koblet/registers"
)

// What DuckDB says of names that it does not know, and how it lists those that it thinks near.
var (
	unknownTable  = regexp.MustCompile(`^Catalog Error: Table with name ([A-Za-z_0-9]+) does not exist!$`)
	unknownColumn = regexp.MustCompile(`^Binder Error: Referenced column "([^"]+)" not found in FROM clause!$`)
	unknownPeople = regexp.MustCompile(`^Catalog Error: .* because schema "` + people + `" does not exist`)
	candidate     = regexp.MustCompile(`"([^"]+)"`)
)

// meant is what was meant by a statement that DuckDB refuses in so many lines, as a message and its cure: of tables DuckDB suggests its
// own, such as pg_settings, where the snapshot's are meant.
func (a *answering) meant(lines []string) (text, hint string) {
	text = lines[0]
	for _, line := range lines[1:] {
		if strings.HasPrefix(line, "Candidate bindings:") || strings.HasPrefix(line, "Did you mean") {
			hint = line
			break
		}
	}
	if m := unknownTable.FindStringSubmatch(text); m != nil && len(a.tables) > 0 {
		return `no table "` + m[1] + `"`, registers.Meant(m[1], a.tables, `"show tables" lists them`)
	}
	if m := unknownColumn.FindStringSubmatch(text); m != nil && hint != "" {
		var names []string
		for _, name := range candidate.FindAllStringSubmatch(hint, -1) {
			names = append(names, name[1])
		}
		return `no column "` + m[1] + `" in the tables of the statement`, registers.Meant(m[1], names, `"describe TABLE" lists those of a table`)
	}
	if unknownPeople.MatchString(text) {
		return "the identities are shut", "--purpose TEXT opens them, and is logged"
	}
	return text, hint
}

// tables are the names of the snapshot's; none where they cannot be had.
func (s *enclosed) tables(ctx context.Context) (names []string) {
	if err := s.pairs(ctx, queries.Script("fence/tables"), func(table, _ string) { names = append(names, table) }); err != nil {
		return nil
	}
	return names
}
