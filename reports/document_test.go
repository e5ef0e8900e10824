package reports_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/reports"
	"koblet/reports/word"
)

// node is an element of a document's XML.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

func (n node) attribute(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the elements of a name in it, in order.
func (n node) all(name string) (found []node) {
	for _, c := range n.Nodes {
		if c.XMLName.Local == name {
			found = append(found, c)
		}
		found = append(found, c.all(name)...)
	}
	return found
}

// style is the style of a paragraph or a run.
func (n node) style() string {
	for _, name := range []string{"pStyle", "rStyle"} {
		if found := n.all(name); len(found) > 0 {
			return found[0].attribute("val")
		}
	}
	return ""
}

// said is what is read of it, without the marks and the numbers of footnotes.
func (n node) said() string {
	var out strings.Builder
	for _, r := range n.all("r") {
		if s := r.all("rStyle"); len(s) > 0 && s[0].attribute("val") == "Mark" {
			continue
		}
		for _, c := range r.Nodes {
			switch c.XMLName.Local {
			case "t":
				out.WriteString(c.Text)
			case "br":
				out.WriteString("\n")
			}
		}
	}
	return out.String()
}

func documentOf(t *testing.T, r reports.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := word.Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// partsOf reads a document again: each part of it, parsed.
func partsOf(t *testing.T, document []byte) map[string]node {
	t.Helper()
	files, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]node{}
	for _, f := range files.File {
		if !f.Modified.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s is of %s", f.Name, f.Modified)
		}
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		var n node
		if err := xml.Unmarshal(text, &n); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		parts[f.Name] = n
	}
	return parts
}

// seenInDocument reads each section's tables: blocks of one table are put side by side again.
func seenInDocument(t *testing.T, r reports.Report) (map[string]seen, string) {
	parts := partsOf(t, documentOf(t, r))
	tables := map[string]seen{}
	var all []string
	name, caption, block := "", "", 0
	for _, n := range parts["word/document.xml"].Nodes[0].Nodes {
		switch {
		case n.style() == "Heading1" && n.XMLName.Local == "p":
			at := slices.IndexFunc(r.Sections, func(s reports.Section) bool { return s.Title == n.said() })
			if at >= 0 {
				name, block = r.Sections[at].Name, 0
			}
		case n.style() == "Caption" && n.XMLName.Local == "p":
			caption = n.said()
		case n.XMLName.Local == "tbl" && name != "":
			block++
			got := tables[name]
			row := 0
			for _, tr := range n.all("tr") {
				if len(tr.all("tblHeader")) > 0 {
					continue
				}
				var cells, marks []string
				for i, c := range tr.all("tc") {
					if i > 0 || !strings.Contains(caption, "(fortsat)") {
						cells = append(cells, c.said())
						for _, run := range c.all("r") {
							if run.style() == "Mark" {
								marks = append(marks, strings.TrimSpace(run.all("t")[0].Text))
							}
						}
					}
				}
				if row == len(got.cells) {
					got.cells, got.marks = append(got.cells, nil), append(got.marks, nil)
				}
				got.cells[row], got.marks[row] = append(got.cells[row], cells...), append(got.marks[row], marks...)
				row++
			}
			tables[name] = got
		}
	}
	for i, s := range r.Sections {
		got := tables[s.Name]
		for k, cells := range got.cells {
			got.cells[k] = apart(cells, r.Sections[i].Table)
		}
	}
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		for _, p := range parts[part].all("p") {
			all = append(all, p.said())
		}
	}
	return tables, strings.Join(all, "\n")
}

// TestGoldenDocument holds what a document says and how: a line for each paragraph and each row, with its style.
func TestGoldenDocument(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		parts := partsOf(t, documentOf(t, reports.Annual(t, reports.Sample{Since: 2009}, language)))
		var out strings.Builder
		for _, part := range []string{"word/header.xml", "word/footer.xml", "word/footnotes.xml"} {
			fmt.Fprintf(&out, "%s: %s\n", part, parts[part].said())
		}
		for _, n := range parts["word/document.xml"].Nodes[0].Nodes {
			if n.XMLName.Local == "p" {
				fmt.Fprintf(&out, "%s: %s\n", n.style(), n.said())
			}
			for _, tr := range n.all("tr") {
				var cells []string
				for _, c := range tr.all("tc") {
					var text []string
					for _, r := range c.all("t") {
						text = append(text, r.Text)
					}
					cells = append(cells, strings.Join(text, " "))
				}
				fmt.Fprintln(&out, "| "+strings.Join(cells, " | "))
			}
		}
		golden(t, "annual-"+language+".docx.txt", out.String())
	}
}

// wide is a report of one table: a key, and a count for each of so many years.
func wide(years int) reports.Report {
	t := reports.Table{Columns: []reports.Column{{Name: "category", Label: "Kategori"}}}
	row := reports.Row{Cells: []reports.Cell{{Value: "asylum", Word: "Asyl"}}}
	for i := range years {
		t.Columns = append(t.Columns, reports.Column{Name: fmt.Sprint(2000 + i), Label: fmt.Sprint(2000 + i), Unit: "permits"})
		row.Cells = append(row.Cells, reports.Cell{Value: int64(i)})
	}
	t.Rows = []reports.Row{row, {Kind: reports.Total, Cells: slices.Concat([]reports.Cell{{Word: "I alt"}}, row.Cells[1:])}}
	return reports.Report{Title: "Bredt", Language: "da", Edition: reports.Public, AsOf: time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC),
		Sections: []reports.Section{{Name: "wide", Title: "En tabel", Unit: "Meddelte tilladelser, opgjort pr. 31. december 2014", Table: t, Source: "Registrene."}}}
}

// TestDocumentBlocks: at most eight years stand side by side, each block says what its rows are and that it goes on.
func TestDocumentBlocks(t *testing.T) {
	for years, want := range map[int][]int{8: {8}, 9: {8, 1}, 17: {8, 8, 1}} {
		body := partsOf(t, documentOf(t, wide(years)))["word/document.xml"]
		var got []int
		for _, table := range body.all("tbl") {
			rows := table.all("tr")
			got = append(got, len(rows[0].all("tc"))-1)
			if key := rows[1].all("tc")[0].said(); key != "Asyl" {
				t.Errorf("%d years: a row begins with %q", years, key)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d years stand in blocks of %d, want %d", years, got, want)
		}
		var captions []string
		for _, p := range body.all("p") {
			if p.style() == "Caption" {
				captions = append(captions, p.said())
			}
		}
		wanted := []string{"Tabel 1: Meddelte tilladelser (opgjort pr. 31. december 2014)", "Tabel 1 (fortsat): Meddelte tilladelser (opgjort pr. 31. december 2014)"}
		if captions[0] != wanted[0] || len(captions) > 1 && captions[1] != wanted[1] {
			t.Errorf("captions are %q", captions)
		}
	}
}

// TestDocumentTable: heads are repeated, rows are not parted, numbers stand right, and rows that stand for several are bold.
func TestDocumentTable(t *testing.T) {
	body := partsOf(t, documentOf(t, everything()))["word/document.xml"]
	for i, table := range body.all("tbl") {
		rows := table.all("tr")
		if len(rows[0].all("tblHeader")) == 0 {
			t.Errorf("the head of table %d is not repeated", i)
		}
		for k, row := range rows {
			if len(row.all("cantSplit")) == 0 {
				t.Errorf("row %d of table %d can be parted", k, i)
			}
		}
	}
	line := body.all("tbl")[1].all("tr")
	if n := len(line[0].all("tblHeader")) + len(line[1].all("tblHeader")) + len(line[2].all("tblHeader")); n != 2 {
		t.Errorf("%d rows of the head are repeated, want the shared heads and the labels", n)
	}
	if style := line[2].all("tc")[1].style(); style != "CellNumber" {
		t.Errorf("a count stands in the style %q", style)
	}
	for i, bold := range map[int]bool{2: false, len(line) - 1: true} {
		if got := line[i].all("tc")[1].all("rStyle"); (len(got) == 1 && got[0].attribute("val") == "Strong") != bold {
			t.Errorf("row %d bold: %v, want %v", i, !bold, bold)
		}
	}
	group := body.all("tbl")[2].all("tr")
	if got := group[1].all("rStyle"); len(got) == 0 || got[0].attribute("val") != "Strong" || len(group[2].all("ind")) != 1 {
		t.Error("a row that heads a group is not bold, or what stands beneath it not set in")
	}
}

// TestDocumentSigns: a mark has its footnote where it first stands and there alone; a hidden figure is nowhere.
func TestDocumentSigns(t *testing.T) {
	r := everything()
	r.Edition = reports.Public
	parts := partsOf(t, documentOf(t, r))
	if n := len(parts["word/document.xml"].all("footnoteReference")); n != 2 {
		t.Errorf("%d references to footnotes, want one for [c] and one for (f)", n)
	}
	notes := parts["word/footnotes.xml"].all("footnote")
	if len(notes) != 4 || !strings.HasPrefix(notes[2].said(), " [c] står i stedet for") || !strings.HasPrefix(notes[3].said(), " (f) betyder foreløbigt tal") {
		t.Errorf("footnotes: %q", parts["word/footnotes.xml"].said())
	}
	if said := parts["word/header.xml"].said(); said != "" {
		t.Errorf("the head of a public edition says %q", said)
	}
}

// TestDocumentProperties: the document is of the day of its figures and in its language, and equal reports are equal files.
func TestDocumentProperties(t *testing.T) {
	for language, tag := range map[string]string{"da": "da-DK", "en": "en-GB"} {
		r := everything()
		r.Language = language
		parts := partsOf(t, documentOf(t, r))
		core := parts["docProps/core.xml"]
		got := []string{core.all("title")[0].Text, core.all("created")[0].Text, core.all("modified")[0].Text, core.all("language")[0].Text, parts["word/styles.xml"].all("lang")[0].attribute("val")}
		if want := []string{"Alt i ét", "2016-12-31T00:00:00Z", "2016-12-31T00:00:00Z", tag, tag}; !slices.Equal(got, want) {
			t.Errorf("%s: properties are %q, want %q", language, got, want)
		}
		foot := parts["word/footer.xml"]
		if fields := foot.all("fldSimple"); len(fields) != 2 || fields[0].attribute("instr") != " PAGE " || !strings.Contains(foot.said(), reports.LocaleOf(language).Day(r.AsOf)) {
			t.Errorf("%s: the foot says %q", language, foot.said())
		}
		page := parts["word/document.xml"].all("pgSz")[0]
		if page.attribute("w") != "11906" || page.attribute("h") != "16838" {
			t.Errorf("the page is %v", page.Attrs)
		}
		if !bytes.Equal(documentOf(t, r), documentOf(t, r)) {
			t.Error("one report gave two documents")
		}
	}
}

// TestDocumentHostile: texts of anybody's stay text in every place, what nobody sees is seen, and a row that is higher than a page may be parted.
func TestDocumentHostile(t *testing.T) {
	for name, text := range map[string]string{
		"markup": `</w:t></w:r><w:fldSimple w:instr="INCLUDETEXT /etc/passwd"/>]]>&amp;<!--`, "quotes": `" onload='x'`, "right-to-left": "a\u202eb", "control": "a\x00\x1bb", "no UTF-8": "a\xffb", "long": strings.Repeat("æ", 40_000)} {
		t.Run(name, func(t *testing.T) {
			r := wide(2)
			r.Title, r.Lead, r.Notes, r.Program = text, text, []string{text}, text
			s := &r.Sections[0]
			s.Title, s.Question, s.Unit, s.Source, s.Notes, s.Text = text, text+"?", text, text, []string{text}, []string{text}
			s.Table.Rows[0].Cells[0] = reports.Cell{Value: text}
			s.Table.Columns[1].Label, s.Table.Columns[2].Head = text, text
			parts := partsOf(t, documentOf(t, r))
			body := parts["word/document.xml"]
			want := r.Visible().Title
			if got := body.all("p")[0].said(); got != want {
				t.Errorf("the title is %.80q, want %.80q", got, want)
			}
			rows := body.all("tbl")[0].all("tr")
			if got := rows[2].all("tc")[0].said(); got != want {
				t.Errorf("the cell is %.80q, want %.80q", got, want)
			}
			if fields := body.all("fldSimple"); len(fields) > 0 {
				t.Error("a text became a field")
			}
			if repeated := len(rows[0].all("tblHeader")) == 1; repeated != (name != "long") {
				t.Errorf("the head is repeated: %v", repeated)
			}
			if split := len(rows[2].all("cantSplit")) == 0; split != (name == "long") {
				t.Errorf("the row may be parted: %v", split)
			}
		})
	}
}

// TestDocumentContents: the sections of a report that begins with its result are listed by their short titles, each of which leads to its heading; of one that
// begins with a question nothing stands before that.
func TestDocumentContents(t *testing.T) {
	r := everything()
	body := partsOf(t, documentOf(t, r))["word/document.xml"]
	var links, anchors, marks, wanted []string
	for _, l := range body.all("hyperlink") {
		links, anchors = append(links, l.said()), append(anchors, l.attribute("anchor"))
	}
	for _, p := range body.all("p") {
		for _, b := range p.all("bookmarkStart") {
			marks = append(marks, b.attribute("name"))
			if p.style() != "Heading1" {
				t.Errorf("%q is marked", p.said())
			}
		}
	}
	for _, s := range r.Sections {
		if s.Behind() {
			wanted = append(wanted, "Noter")
		}
		wanted = append(wanted, s.Sheet)
	}
	if !slices.Equal(links, wanted) || !slices.Equal(anchors, marks) {
		t.Errorf("contents are %q to %q, wanted %q to %q", links, anchors, wanted, marks)
	}
	r.Lead = ""
	if n := len(partsOf(t, documentOf(t, r))["word/document.xml"].all("hyperlink")); n > 0 {
		t.Errorf("%d links before the question", n)
	}
}
