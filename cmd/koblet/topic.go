package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"koblet/registers"
	"koblet/registers/profiles"
)

// profileFile is the word by which help on profiles is asked for: koblet help profile-file.
const profileFile = "profile-file"

// profileFileHelp says what a profile holds, key by key, and what the fields are that it gives columns to.
func profileFileHelp() string {
	var b strings.Builder
	b.WriteString("koblet load --profile FILE.toml reads files that differ from the tables as koblet knows\n" +
		"them. To have one written from your files, and nothing loaded:\n\n" +
		"  koblet load --suggest-profile FILE.toml --carl2-persons persons.csv --carl2-permits …\n\n" +
		"To see what is read as what: koblet load --explain --profile FILE.toml …\n\n" +
		profiles.Example)
	for _, table := range registers.Tables() {
		fmt.Fprintf(&b, "\n# The fields of %s:\n", table.Name)
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, f := range table.Fields {
			required := ""
			if f.Required {
				required = "required"
			}
			fmt.Fprintf(w, "#   %s\t%s\t%s\t%s\n", f.Name, f.Kind, required, f.Meaning)
		}
		_ = w.Flush() // into memory
	}
	return b.String()
}
