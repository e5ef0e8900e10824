package reports_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"koblet/reports"
	"koblet/reports/charts"
	"koblet/reports/excel"
	page "koblet/reports/html"
	"koblet/reports/print"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "rewrite the wanted files of testdata")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range gotLines {
		if i >= len(wantLines) || gotLines[i] != wantLines[i] {
			t.Fatalf("%s differs at line %d:\ngot  %s\nwant %s\n(run with -update to accept)", path, i+1, gotLines[i], at(wantLines, i))
		}
	}
	t.Fatalf("%s: got %d lines, want %d", path, len(gotLines), len(wantLines))
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(no such line)"
}

// pageOf draws a page, and skips the test where the chart script is not in the tree.
func pageOf(t *testing.T, r reports.Report) string {
	t.Helper()
	var out bytes.Buffer
	err := page.Write(&out, r)
	if errors.Is(err, page.ErrNoECharts) {
		t.Skip("reports/html/assets/echarts.common.min.js is not here; make build puts it there")
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGoldenText(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		var out bytes.Buffer
		if err := print.TextWithin(&out, reports.Annual(t, reports.Sample{Since: 2009}, language), print.Columns); err != nil {
			t.Fatal(err)
		}
		golden(t, "annual-"+language+".txt", out.String())
	}
}

func TestGoldenWorkbook(t *testing.T) {
	var out bytes.Buffer
	if err := excel.Write(&out, reports.Annual(t, reports.Sample{Since: 2009}, "da")); err != nil {
		t.Fatal(err)
	}
	golden(t, "annual-da.xlsx.txt", workbookText(t, out.Bytes()))
}

// workbookText reads a workbook again: every cell as sheet!cell=value, with the value as stored and its format.
func workbookText(t *testing.T, book []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, value := range row {
				if value == "" {
					continue
				}
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&out, "%s!%s=%s%s\n", sheet, cell, value, formatOf(t, f, sheet, cell))
			}
		}
	}
	return out.String()
}

func formatOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.CustomNumFmt == nil {
		return ""
	}
	return "  " + *style.CustomNumFmt
}

func TestGoldenPage(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		golden(t, "annual-"+language+".html.txt", pageText(t, pageOf(t, reports.Annual(t, reports.Sample{Since: 2009}, language))))
	}
}

// pageText is what a page says: headings, paragraphs and table rows, one a line.
func pageText(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "svg"):
			return
		case n.Type == html.ElementNode && n.Data == "tr":
			var cells []string
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.Type == html.ElementNode {
					cells = append(cells, textOf(c))
				}
			}
			fmt.Fprintln(&out, "| "+strings.Join(cells, " | "))
			return
		case n.Type == html.ElementNode && strings.Contains(" h1 h2 p li caption summary figcaption ", " "+n.Data+" "):
			fmt.Fprintf(&out, "%s: %s\n", n.Data, textOf(n))
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return out.String()
}

func textOf(n *html.Node) string {
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(out.String()), " ")
}

func TestGoldenCharts(t *testing.T) {
	var out bytes.Buffer
	for _, s := range reports.Annual(t, reports.Sample{Since: 2009}, "da").Sections {
		if s.Chart == nil {
			continue
		}
		pictures, layout, err := charts.Of(*s.Chart, s.Table, reports.LocaleOf("da"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pictures {
			fmt.Fprintf(&out, "# %s %s, %s\n%s", s.Name, p.Name, layout, pictureText(p))
		}
	}
	golden(t, "annual-da.charts.txt", out.String())
}

// pictureText is a picture in words, a line for each thing drawn.
func pictureText(p charts.Picture) string {
	var out strings.Builder
	axis := func(name string, a charts.Axis) {
		fmt.Fprintf(&out, "%s %q %d places, %g to %g by %g\n", name, a.Title, len(a.Places), a.Low, a.High, a.Step)
	}
	fmt.Fprintf(&out, "%s %v %s\n", p.Form, p.Frame, p.Finding)
	axis("x", p.X)
	axis("y", p.Y)
	for _, f := range p.Figures {
		fmt.Fprintf(&out, "figures %q [%s] %v band=%v step=%v layer=%v sheet=%v\n", f.Name, f.Unit, f.Look, f.Band, f.Step, f.Layer, f.Sheet)
		for _, at := range f.Points {
			if at.Empty && at.Low == nil {
				continue
			}
			fmt.Fprintf(&out, "  %g %g empty=%v raw=%v from=%v to=%v on=%g pending=%v %s\n", at.X, at.Y, at.Empty, at.Raw, at.Low, at.High, at.Base, at.Pending, at.Tip)
		}
	}
	for _, r := range p.Rules {
		fmt.Fprintf(&out, "rule %.1f,%.1f %.1f,%.1f %s %g dashed=%v\n", r.X1, r.Y1, r.X2, r.Y2, r.Ink.Light, r.Width, r.Dashed)
	}
	for _, m := range p.Marks {
		fmt.Fprintf(&out, "mark %.1f,%.1f %v\n", m.X, m.Y, m.Look)
	}
	for _, w := range p.Words {
		fmt.Fprintf(&out, "words %.1f,%.1f %s %d %s\n", w.X, w.Y, w.Anchor, w.Size, w.Text)
	}
	return out.String()
}
