package reports_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"koblet/reports"
	"koblet/reports/print"
)

var escapes = regexp.MustCompile(`\\([[:punct:]])`)

// seenInMarkdown reads each section's tables, whose blocks are put side by side again.
func seenInMarkdown(t *testing.T, r reports.Report) (map[string]seen, string) {
	t.Helper()
	var out bytes.Buffer
	if err := print.Markdown(&out, r); err != nil {
		t.Fatal(err)
	}
	plain := func(text string) string { return escapes.ReplaceAllString(text, "$1") }
	tables := map[string]seen{}
	name, further, row := "", false, -1
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSuffix(line, "\n")
		if title, ok := strings.CutPrefix(line, "## "); ok {
			if at := slices.IndexFunc(r.Sections, func(s reports.Section) bool { return s.Title == plain(title) }); at >= 0 {
				name = r.Sections[at].Name
			}
			continue
		}
		if strings.HasPrefix(line, "**") {
			further, row = strings.Contains(line, "(fortsat)"), -2 // the head and its rule come first
			continue
		}
		if line, ok := strings.CutPrefix(line, "| "); ok && name != "" {
			if row++; row <= 0 {
				continue
			}
			got := tables[name]
			var cells, marks []string
			for i, c := range strings.Split(strings.TrimSuffix(line, " |"), " | ") {
				if i == 0 && further {
					continue
				}
				c = plain(strings.TrimSuffix(strings.TrimPrefix(c, "**"), "**"))
				for _, mark := range []string{"(f)", "(d)"} {
					if before, ok := strings.CutSuffix(c, " "+mark); ok {
						c, marks = before, append(marks, mark)
					}
				}
				cells = append(cells, c)
			}
			if row > len(got.cells) {
				got.cells, got.marks = append(got.cells, nil), append(got.marks, nil)
			}
			got.cells[row-1], got.marks[row-1] = append(got.cells[row-1], cells...), append(got.marks[row-1], marks...)
			tables[name] = got
		}
	}
	for _, s := range r.Sections {
		for k, cells := range tables[s.Name].cells {
			tables[s.Name].cells[k] = apart(cells, s.Table)
		}
	}
	return tables, plain(out.String())
}

// TestMarkdownHostile: texts of anybody's are no markup, and a line of a table stays one.
func TestMarkdownHostile(t *testing.T) {
	for text, want := range map[string]string{
		"<script>x</script>": `\<script\>x\</script\>`, "[a](javascript:b)": `\[a\](javascript:b)`, "a | b\nc": `a \| b c`, "**bold** _it_ `code`": "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`",
		"# head": `\# head`, "1. item": `1\. item`, "- item": `\- item`, "see https://example.org, www.example.org, a@example.org": `see https\://example.org, www\.example.org, a\@example.org`,
		"&amp; a\u202eb": `\&amp; a‹U+202E›b`, "=cmd": `\=cmd`,
	} {
		r := wide(1)
		r.Sections[0].Title, r.Sections[0].Table.Rows[0].Cells[0] = text, reports.Cell{Value: text}
		var out bytes.Buffer
		if err := print.Markdown(&out, r); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if !slices.Contains(lines, "## "+want) || !slices.Contains(lines, "| "+want+" | 0 |") {
			t.Errorf("%q: no heading and no cell %q in\n%s", text, want, out.String())
		}
	}
}
