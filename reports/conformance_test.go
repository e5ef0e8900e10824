package reports_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"koblet/reports"
	"koblet/reports/excel"
	"koblet/reports/print"
)

// everything is a report with every feature that a printer has to carry: a lead and key figures, intervals, shared heads, groups, totals,
// provisional, divided, hidden and not applicable cells, words for codes, long forms, notes, a section without an answer, every kind of chart.
func everything() reports.Report {
	share, count := reports.UnitShare, "permits"
	cells := func(values ...any) []reports.Cell {
		var out []reports.Cell
		for _, v := range values {
			c, ok := v.(reports.Cell)
			if !ok {
				c = reports.Cell{Value: v}
			}
			out = append(out, c)
		}
		return out
	}
	n := func(v int) int64 { return int64(v) }
	years := reports.Table{
		Columns: []reports.Column{{Name: "year", Label: "År"}, {Name: "fail", Head: "Alle", Label: "Ikke koblet", Unit: count}, {Name: "rate", Head: "Alle", Label: "Andel", Unit: share},
			{Name: "rate_low", Head: "Alle", Label: "Nedre", Unit: share, Until: "rate_high", Both: "Interval"}, {Name: "rate_high", Head: "Alle", Label: "Øvre", Unit: share}, {Name: "seen", Label: "Set"}},
		Rows: []reports.Row{
			{Cells: cells(n(2013), n(1200), 0.1234, 0.11, 0.14, time.Date(2014, 5, 17, 0, 0, 0, 0, time.UTC))},
			{Cells: cells(n(2014), reports.Cell{Value: n(3), Mark: reports.Hidden}, reports.Cell{Value: 0.07654, Mark: reports.Hidden}, reports.Cell{Value: 0.05, Mark: reports.Hidden}, reports.Cell{Value: 0.09, Mark: reports.Hidden}, nil)},
			{Cells: cells(n(2015), nil, nil, nil, nil, nil)},
			{Cells: cells(reports.Cell{Value: n(2016), Mark: reports.Provisional}, n(987654), 0.31, 0.3, 0.33, nil)},
			{Kind: reports.Total, Cells: cells(reports.Cell{Word: "I alt"}, n(988857), 0.3, 0.29, 0.31, "")},
		}}
	groups := reports.Table{
		Columns: []reports.Column{{Name: "place", Label: "Sted"}, {Name: "rate", Label: "Andel", Unit: share}, {Name: "limit", Label: "Grænse", Unit: share}},
		Rows: []reports.Row{{Kind: reports.Group, Cells: cells(reports.Cell{Value: "east", Word: "Øst"}, 0.2, nil)}, {Cells: cells(reports.Cell{Value: "0101", Word: "København", Mark: reports.Divided}, 0.25, 0.5)},
			{Cells: cells("Ærø, \"lille\"", 0.125, 0.5)}}}
	steps := reports.Table{Columns: []reports.Column{{Name: "step", Label: "Trin"}, {Name: "n", Label: "Antal", Unit: count}},
		Rows: []reports.Row{{Cells: cells(reports.Cell{Value: "all", Word: "Alle"}, n(10))}, {Cells: cells(reports.Cell{Value: "linked", Word: "Koblet"}, n(6))},
			{Cells: cells(reports.Cell{Value: "unknown", Word: "Uvist"}, n(1))}, {Cells: cells(reports.Cell{Value: "unlinked", Word: "Ikke koblet"}, n(3))}}}
	months := reports.Table{Columns: []reports.Column{{Name: "month", Label: "Måned"}, {Name: "rate", Label: "Andel", Unit: share}, {Name: "upper_limit", Label: "Øvre", Unit: share}, {Name: "signal", Label: "Tegn"}},
		Rows: []reports.Row{{Cells: cells("2013-11", 0.5, 0.4, "beyond")}, {Cells: cells("2013-12", 0.1, 0.4, "none")}, {Cells: cells(reports.Cell{Value: "2014-01", Mark: reports.Provisional}, 0.2, 0.4, "none")}}}
	funnel := reports.Table{Columns: []reports.Column{{Name: "name", Label: "Kommune"}, {Name: "judged", Label: "Afgjort", Unit: count}, {Name: "rate", Label: "Andel", Unit: share}, {Name: "national_rate", Label: "Hele landet", Unit: share},
		{Name: "low_95", Label: "Nedre 95", Unit: share}, {Name: "high_95", Label: "Øvre 95", Unit: share}, {Name: "position", Label: "Placering"}},
		Rows: []reports.Row{{Cells: cells("Ballerup", n(20), 0.1, 0.1, 0.0, 0.25, "inside")}, {Cells: cells("Aarhus", n(900), 0.2, 0.1, 0.08, 0.12, "above_95")}}}
	curve := reports.Table{Columns: []reports.Column{{Name: "category", Label: "Kategori"}, {Name: "days", Label: "Dage", Unit: "days"}, {Name: "at_risk", Label: "Fulgt", Unit: count}, {Name: "unlinked", Label: "Ikke koblet", Unit: share}},
		Rows: []reports.Row{{Cells: cells("Asyl", n(0), n(100), 0.9)}, {Cells: cells("Asyl", n(30), n(80), 0.4)}, {Cells: cells("Familie", n(0), n(50), 0.8)}}}
	apartness := reports.Table{Columns: []reports.Column{{Name: "characteristic", Label: "Kendetegn"}, {Name: "value", Label: "Værdi"}, {Name: "difference", Label: "Forskel", Unit: reports.UnitDeviations}},
		Rows: []reports.Row{{Cells: cells(reports.Cell{Value: "sex", Word: "Køn"}, reports.Cell{Value: "K", Word: "Kvinder"}, -0.254)}, {Cells: cells(reports.Cell{Value: "sex", Word: "Køn"}, reports.Cell{Value: "M", Word: "Mænd"}, 0.105)},
			{Cells: cells(reports.Cell{Value: "year", Word: "År"}, "2013", nil)}}}
	one := []reports.Series{{Name: "Andel", Column: "rate"}}
	two := []reports.Series{{Name: "Andel", Column: "rate"}, {Name: "Grænse", Column: "limit"}}
	section := func(name, title string, t reports.Table, c *reports.Chart) reports.Section {
		return reports.Section{Name: name, Sheet: "Ark " + name, Title: title, Question: "Hvad er " + name + "?", Unit: "Tilladelser", Table: t, Chart: c, Alt: "Det viser " + name + ".",
			Notes: []string{"Første note om " + name + ".", "Anden note om " + name + ", som er så lang, at den må brydes over flere linjer, både på en skærm og i et regneark, for at kunne læses."}, Source: "Registrene, " + name + "."}
	}
	r := reports.Report{Name: "everything", Title: "Alt i ét", Lead: "Hovedresultatet er 31,0 pct.", AsOf: time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC), Edition: "internal", Provisional: true, Language: "da", Program: "koblet",
		Key: reports.Table{Columns: groups.Columns[:2], Rows: []reports.Row{{Cells: cells("Alle", 0.31)}}}, Notes: []string{"Det gælder alle tal."}}
	line := &reports.Chart{Kind: "line", X: "year", Time: "year", Axis: "Andel, pct.", Series: []reports.Series{{Name: "Andel", Column: "rate", Low: "rate_low", High: "rate_high"}},
		Breaks: []reports.Break{{Day: time.Date(2014, 7, 1, 0, 0, 0, 0, time.UTC), Label: "Ændret praksis"}}, Published: []reports.Publish{{From: 2013, To: 2014, Value: 0.1, Label: "2014: 10 pct."}}}
	r.Sections = []reports.Section{
		section("line", "Andelen er 31,0 pct.", years, line),
		section("multiples", "Andelen pr. sted", groups, &reports.Chart{Kind: "multiples", X: "place", Axis: "pct.", Series: two}),
		section("bar", "Søjler", groups, &reports.Chart{Kind: "bar", X: "place", Axis: "pct.", Series: two}),
		section("stack", "Lag", groups, &reports.Chart{Kind: "stack", X: "place", Axis: "pct.", Series: two}),
		section("heat", "Kort", groups, &reports.Chart{Kind: "heat", X: "place", Axis: "pct.", Series: two}),
		section("dot", "Punkter", years, &reports.Chart{Kind: "dot", X: "seen", Axis: "pct.", Series: []reports.Series{{Name: "Andel", Column: "rate", Low: "rate_low", High: "rate_high"}}}),
		section("difference", "Forskelle", apartness, &reports.Chart{Kind: "difference", X: "value", By: "characteristic", Axis: "sd", Series: []reports.Series{{Name: "Forskel", Column: "difference"}}}),
		section("waterfall", "Trin", steps, &reports.Chart{Kind: "waterfall", X: "step", Axis: "antal", Series: []reports.Series{{Name: "Antal", Column: "n"}}}),
		section("control", "Måneder", months, &reports.Chart{Kind: "control", X: "month", Time: "month", Axis: "pct.", Series: []reports.Series{one[0], {Name: "Øvre", Column: "upper_limit"}}}),
		section("funnel", "Tragt", funnel, &reports.Chart{Kind: "funnel", X: "judged", By: "name", Axis: "pct.", Series: []reports.Series{one[0], {Name: "Hele landet", Column: "national_rate"}, {Column: "low_95"}, {Name: "95 pct.", Column: "high_95"}}}),
		section("step", "Kurver", curve, &reports.Chart{Kind: "step", X: "days", By: "category", Axis: "pct.", Series: []reports.Series{{Name: "Ikke koblet", Column: "unlinked"}}}),
		{Name: "none", Sheet: "Intet", Title: "Intet svar", Empty: "Udtrækket har ikke cpr_persons"},
		{Name: reports.ProvenanceName, Sheet: "Datagrundlag", Title: "Datagrundlag", Table: steps, Text: []string{"Program: koblet"}},
	}
	return r
}

// seen is what a printer shows of a table: each row's cells as people read them, and the row's marks.
type seen struct {
	cells [][]string
	marks [][]string
}

// wanted is what every printer must show of a table: bounds of an interval side by side, since some printers join them.
func wanted(t reports.Table, l reports.Locale) seen {
	var out seen
	for _, r := range t.Rows {
		var cells, marks []string
		for i, c := range r.Cells {
			cells = append(cells, shown(c, t.Columns[i], l))
			if c.Mark != "" && c.Mark != reports.Hidden {
				marks = append(marks, "("+string(c.Mark)+")")
			}
		}
		out.cells, out.marks = append(out.cells, cells), append(out.marks, marks)
	}
	return out
}

func shown(c reports.Cell, column reports.Column, l reports.Locale) string {
	if c.Value == "" && c.Word == "" {
		return ""
	}
	return l.Bare(c, column.Unit)
}

// apart sets the bounds of joined intervals apart again.
func apart(cells []string, t reports.Table) []string {
	var out []string
	at := 0
	for i := 0; i < len(t.Columns) && at < len(cells); i++ {
		if t.Columns[i].Until == "" {
			out = append(out, cells[at])
		} else {
			low, high, joined := strings.Cut(cells[at], reports.Dash)
			if !joined || low == "" { // hidden, or not applicable: that stands for both
				low, high = cells[at], cells[at]
			}
			out = append(out, low, high)
			i++
		}
		at++
	}
	return out
}

// TestConformance: one report through every printer has the same cells, marks and notes in each.
func TestConformance(t *testing.T) {
	r, l := everything(), reports.LocaleOf("da")
	for name, read := range map[string]func(*testing.T, reports.Report) (map[string]seen, string){"html": seenOnPage, "xlsx": seenInWorkbook, "text": seenOnScreen, "json": seenInJSON, "docx": seenInDocument, "md": seenInMarkdown} {
		t.Run(name, func(t *testing.T) {
			tables, all := read(t, r)
			for _, s := range r.Sections {
				if len(s.Table.Rows) == 0 {
					continue
				}
				want, got := wanted(s.Table, l), tables[s.Name]
				for i := range want.cells {
					if i >= len(got.cells) || !slices.Equal(got.cells[i], want.cells[i]) || !slices.Equal(got.marks[i], want.marks[i]) {
						t.Errorf("%s row %d: wanted %q %q, got %q", s.Name, i, want.cells[i], want.marks[i], got)
					}
				}
			}
			if strings.Contains(all, "0.07654") || strings.Contains(all, "7,7 ") {
				t.Error("a hidden figure is shown")
			}
			all = strings.Join(strings.Fields(all), " ")
			wants := append([]string{r.Title, r.Lead, "Det gælder alle tal.", "Udtrækket har ikke cpr_persons"}, r.Notes...)
			for _, s := range r.Sections {
				wants = append(append(wants, s.Title, s.Source), s.Notes...)
			}
			for _, want := range wants {
				if !strings.Contains(all, want) {
					t.Errorf("%q is missing", want)
				}
			}
		})
	}
}

func seenOnPage(t *testing.T, r reports.Report) (map[string]seen, string) {
	root, err := html.Parse(strings.NewReader(pageOf(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]seen{}
	name := ""
	attribute := func(n *html.Node, key string) string {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
		return ""
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Data == "section" {
			name = attribute(n, "id")
		}
		if n.Type == html.ElementNode && n.Data == "tr" && n.Parent.Data == "tbody" {
			s := out[name]
			var cells, marks []string
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				text, mark := textOf(c), ""
				for m := c.FirstChild; m != nil; m = m.NextSibling {
					if attribute(m, "class") == "mark" {
						mark = textOf(m)
						marks = append(marks, mark)
					}
				}
				cells = append(cells, strings.TrimSpace(strings.TrimSuffix(text, mark)))
			}
			table := r.Key
			for _, section := range r.Sections {
				if section.Name == name {
					table = section.Table
				}
			}
			s.cells, s.marks = append(s.cells, apart(cells, table)), append(s.marks, marks)
			out[name] = s
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return out, textOf(root)
}

func seenOnScreen(t *testing.T, r reports.Report) (map[string]seen, string) {
	var out bytes.Buffer
	if err := print.TextWithin(&out, r, print.Columns); err != nil {
		t.Fatal(err)
	}
	tables := map[string]seen{}
	l := reports.LocaleOf(r.Language)
	lines := strings.Split(out.String(), "\n")
	for _, s := range r.Sections { // the cells of a row stand in one line, in order, and a mark after its cell
		at := slices.Index(lines, s.Title)
		var got seen
		for i, row := range s.Table.Joined(l).Rows {
			var fields string
			for k, c := range row.Cells {
				if text := shown(c, s.Table.Joined(l).Columns[k], l); text != "" {
					fields += " " + strings.TrimSpace(text+" "+c.Mark.Beside())
				}
			}
			found := slices.IndexFunc(lines[at:], func(line string) bool { return strings.Join(strings.Fields(line), " ") == strings.TrimSpace(fields) })
			if found < 0 {
				t.Errorf("%s: no line with %q", s.Name, fields)
				continue
			}
			want := wanted(s.Table, l)
			got.cells, got.marks = append(got.cells, want.cells[i]), append(got.marks, want.marks[i])
		}
		tables[s.Name] = got
	}
	return tables, out.String()
}

func seenInJSON(t *testing.T, r reports.Report) (map[string]seen, string) {
	var out bytes.Buffer
	if err := print.ReportJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Sections []struct {
			Name  string
			Table struct{ Rows []map[string]any }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	tables := map[string]seen{}
	for i, s := range back.Sections {
		var got seen
		for n, row := range s.Table.Rows {
			var cells, marks []string
			for k, c := range r.Sections[i].Table.Columns {
				original := r.Sections[i].Table.Rows[n].Cells[k]
				cells = append(cells, fromRaw(row[c.Name], original, c))
				if list, ok := row["marks"].(map[string]any); ok && list[c.Name] != nil && list[c.Name] != "c" {
					marks = append(marks, fmt.Sprintf("(%s)", list[c.Name]))
				}
			}
			got.cells, got.marks = append(got.cells, cells), append(got.marks, marks)
		}
		tables[s.Name] = got
	}
	return tables, out.String()
}

// fromRaw is a raw value as people read it. Words for codes are for people only, so a code that machines get is read as its word.
func fromRaw(v any, original reports.Cell, c reports.Column) string {
	l := reports.LocaleOf("da")
	switch {
	case v == "[c]":
		return "[c]"
	case v == original.Value && original.Word != "":
		return original.Word
	case v == "":
		return ""
	}
	if text, ok := v.(string); ok {
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return l.Value(day, c.Unit)
		}
	}
	if number, ok := v.(float64); ok {
		if _, whole := original.Value.(int64); whole && number == float64(int64(number)) {
			return l.Value(int64(number), c.Unit)
		}
	}
	return l.Value(v, c.Unit)
}

func bookOf(t *testing.T, r reports.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := excel.Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func seenInWorkbook(t *testing.T, r reports.Report) (map[string]seen, string) {
	f, err := excelize.OpenReader(bytes.NewReader(bookOf(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tables := map[string]seen{}
	var all []string
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all = append(all, strings.Join(row, " "))
		}
		at := slices.IndexFunc(r.Sections, func(s reports.Section) bool { return s.Sheet == sheet })
		if at < 0 {
			continue
		}
		s := r.Sections[at]
		var got seen
		for n, original := range s.Table.Rows {
			row := slices.Concat(rows[5+n], make([]string, len(s.Table.Columns)+1))
			var cells, marks []string
			for k, c := range s.Table.Columns {
				cells = append(cells, fromSheet(t, row[k], original.Cells[k], c))
			}
			if sign := row[len(s.Table.Columns)]; sign != "" {
				marks = strings.Fields(sign)
			}
			got.cells, got.marks = append(got.cells, cells), append(got.marks, marks)
		}
		tables[s.Name] = got
	}
	return tables, strings.Join(all, "\n")
}

func fromSheet(t *testing.T, text string, original reports.Cell, c reports.Column) string {
	t.Helper()
	var number float64
	_, err := fmt.Sscanf(text, "%g", &number)
	switch original.Value.(type) {
	case time.Time:
		day, _ := excelize.ExcelDateToTime(number, false)
		return reports.LocaleOf("da").Value(day, c.Unit)
	case int64, float64:
		if err == nil && original.Mark != reports.Hidden {
			return fromRaw(number, original, c)
		}
	}
	return text
}
