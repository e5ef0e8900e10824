package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"koblet/store"
	"koblet/store/extract"
)

// headerCure is what helps where the header is not what it should be.
func headerCure(l store.Loading) string {
	if len(l.Profile.Tables) > 0 {
		return "koblet load --explain shows what is read as what; koblet help profile-file, what a profile says"
	}
	return "koblet load --suggest-profile profile.toml … looks at the files and writes a profile for them"
}

// explain prints how the files would be read, as far as they can be, and ends with what a load would be refused for.
func explain(t terminal, l store.Loading, format string) error {
	all, wrong := extract.Explain(l.Delivery())
	if len(all) > 0 || wrong == nil {
		if err := explained(t.out, all, format); err != nil {
			return err
		}
	}
	if errors.Is(wrong, extract.ErrHeader) {
		return cure(headerCure(l), "load: %w", wrong)
	}
	return within("load", wrong)
}

func explained(out io.Writer, all []extract.Explained, format string) error {
	if format == "json" {
		return writeJSON(out, all)
	}
	var b bytes.Buffer
	for i, x := range all {
		if i > 0 {
			b.WriteString("\n")
		}
		about := []string{x.Table, x.Format}
		if x.Sheet != "" {
			about = append(about, fmt.Sprintf("sheet %q", x.Sheet))
		}
		if x.Encoding != "" {
			about = append(about, x.Encoding)
		}
		if x.Seems != "" {
			about = append(about, "but it looks like "+x.Seems)
		}
		if x.Delimiter != "" {
			about = append(about, fmt.Sprintf("delimiter %q", x.Delimiter))
		}
		if x.Found != "" {
			about = append(about, fmt.Sprintf("but %q parts the lines, and so they are shown", x.Found))
		}
		fmt.Fprintf(&b, "%s: %s\n", x.File, strings.Join(about, ", "))
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, c := range x.Columns {
			field := c.Field
			if field == "" {
				field = "(not stored)"
			}
			place := fmt.Sprint(c.Position)
			if c.Letters != "" {
				place = c.Letters
			}
			fmt.Fprintf(w, "  %s\t%s\t%s", place, c.Column, field)
			for _, p := range c.Patterns {
				if p == "" {
					p = "(empty)"
				}
				fmt.Fprintf(w, "\t%s", p)
			}
			fmt.Fprintln(w)
		}
		_ = w.Flush() // into memory
		writeHeld(&b, x)
		if len(x.Missing) > 0 {
			fmt.Fprintf(&b, "  missing, and required: %s\n", strings.Join(x.Missing, ", "))
		}
		if len(x.Lacking) > 0 {
			fmt.Fprintf(&b, "  not in the file: %s\n", strings.Join(x.Lacking, ", "))
		}
	}
	_, err := b.WriteTo(out)
	return err
}

// writeHeld says of each column of days or codes how many of the sampled values the profile reads, and what the others look like.
func writeHeld(b *bytes.Buffer, x extract.Explained) {
	for _, c := range x.Columns {
		if c.Held == nil || c.Held.Values == 0 {
			continue
		}
		by := "known or mapped"
		if c.Held.Dates != "" {
			by = fmt.Sprintf("days by %q", c.Held.Dates)
		}
		fmt.Fprintf(b, "  %s: %d of %d sampled values are %s", c.Field, c.Held.Read, c.Held.Values, by)
		for i, other := range c.Held.Others {
			text := other.Pattern
			if text == "" {
				text = fmt.Sprintf("%q", other.Text)
			}
			fmt.Fprintf(b, "%s %s (%d)", map[bool]string{true: "; not:", false: ","}[i == 0], text, other.Rows)
		}
		b.WriteString("\n")
	}
}
