package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"koblet/reports"
	"koblet/reports/charts"
)

//go:embed assets/*
var assetFiles embed.FS

func assets() fs.FS {
	sub, err := fs.Sub(assetFiles, "assets")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// openRows is how many rows a table may have to stand open under its chart; without a chart there is nothing else to see.
const openRows, openAlone = 12, 100

// Write writes the report as one page that opens with the network cable out: still charts first, live ones where
// scripting is on. It is ErrNoECharts where the program was built without the chart script.
func Write(w io.Writer, r reports.Report) error { return write(w, r, assets()) }

func write(w io.Writer, r reports.Report, files fs.FS) error {
	p, err := newPage(r.Visible(), files)
	if err != nil {
		return err
	}
	text, err := fs.ReadFile(files, "page.html.tmpl")
	if err != nil {
		return err
	}
	t, err := template.New("page").Parse(string(text))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	_, err = w.Write(out.Bytes())
	return err
}

// page is what the template prints: texts only, everything formatted.
type page struct {
	reports.Report
	Words                map[string]string
	Day, EditionLine     string
	KeyTable             *pageTable
	Parts                []pagePart
	Style                template.CSS
	Security             string
	ECharts, Start, Data template.JS
	HasCharts            bool
}

type pagePart struct {
	reports.Section
	Figure  string // "Figur 1"
	Charts  []pageChart
	Layout  charts.Layout // the class of the box around the charts
	Rest    string        // what of the table is not drawn
	Bounds  string        // what bands and whiskers are, where there are any
	Breaks  string        // what the dashed lines are, where no words stand beside them
	Table   *pageTable
	Detail  *pageTable
	Ordinal int
}

// pageChart is one picture: still, still on a narrow page (empty where it is the same), and as data for the script.
type pageChart struct {
	Still, Slim template.HTML
	Data        template.JS
	Label       string
}

func newPage(r reports.Report, files fs.FS) (page, error) {
	l := reports.LocaleOf(r.Language)
	r.Lead, r.Notes = whole(r.Lead), wholeOf(r.Notes)
	p := page{Report: r, Words: pageWords(l), EditionLine: r.EditionLine()}
	if !r.AsOf.IsZero() {
		p.Day = l.Word(reports.WordAsOf) + " " + l.Day(r.AsOf)
	}
	if len(r.Key.Rows) > 0 {
		t := newPageTable(l, r.Key, l.Word(reports.WordKey))
		t.Class = "key"
		p.KeyTable = &t
	}
	if _, err := script(files, scriptECharts); err != nil {
		return p, err // a page without charts too: the same build writes all pages or none
	}
	counter := &numbering{}
	for i, s := range r.Sections {
		part, err := newPagePart(l, s, counter)
		if err != nil {
			return p, fmt.Errorf("section %s: %w", s.Name, err)
		}
		part.Ordinal = i + 1
		p.HasCharts = p.HasCharts || len(part.Charts) > 0
		p.Parts = append(p.Parts, part)
	}
	if err := p.addScripts(files); err != nil {
		return p, err
	}
	return p, p.addStyle(files)
}

// numbering counts the figures and tables of a page.
type numbering struct{ figures, tables int }

func newPagePart(l reports.Locale, s reports.Section, n *numbering) (pagePart, error) {
	part := pagePart{Section: unbroken(s)}
	if s.Chart != nil {
		if err := part.addCharts(l); err != nil {
			return part, err
		}
		n.figures++
		part.Figure = fmt.Sprintf("%s %d", l.Word(reports.WordFigure), n.figures)
	}
	if len(s.Table.Columns) > 0 && s.Empty == "" {
		part.Table = n.table(l, s.Table, s)
		part.Table.Summary = l.Word(wordShow)
		part.Table.Open = part.Table.Open || s.Chart == nil && len(s.Table.Rows) <= openAlone
	}
	if s.Detail != nil && s.Empty == "" {
		part.Detail = n.table(l, *s.Detail, s)
		part.Detail.Summary = l.Word(wordShowDetail)
		if s.Unit == "" {
			part.Detail.Caption, part.Detail.Summary = s.DetailSheet, s.DetailSheet
		}
	}
	return part, nil
}

// unbroken holds the figures of a section's sentences together.
func unbroken(s reports.Section) reports.Section {
	s.Title, s.Alt = whole(s.Title), whole(s.Alt)
	s.Text, s.Notes = wholeOf(s.Text), wholeOf(s.Notes)
	return s
}

func wholeOf(texts []string) []string {
	var out []string
	for _, text := range texts {
		out = append(out, whole(text))
	}
	return out
}

var (
	dayOf      = regexp.MustCompile(`(\d\.?) (\p{L}+ \d{4})`)
	beforeUnit = regexp.MustCompile(`(\d|\bi) (pct\.|per cent|procentpoint)`)
	shareOf    = regexp.MustCompile(`(\d) (af|of) (\d)`)
	sectionOf  = regexp.MustCompile(`(§|stk\.|nr\.) (\d)`)
)

// whole binds a number to its unit, a day to its month and § to its number, so that no line ends between 17,1 and pct., nor within 71 af 414.
func whole(text string) string {
	text = dayOf.ReplaceAllString(text, "$1\u00a0$2")
	text = beforeUnit.ReplaceAllString(text, "$1\u00a0$2")
	text = sectionOf.ReplaceAllString(text, "$1\u00a0$2")
	return shareOf.ReplaceAllString(text, "$1\u00a0$2\u00a0$3")
}

// addCharts draws a section's pictures, still and for the script, and again for a narrow page unless they are panels small enough for it.
func (p *pagePart) addCharts(l reports.Locale) error {
	pictures, layout, err := charts.Of(*p.Chart, p.Section.Table, l)
	if err != nil {
		return err
	}
	p.Layout = layout
	if len(pictures) == 0 {
		return nil
	}
	var narrow []charts.Picture
	if layout != charts.Panels {
		if narrow, err = charts.Narrow(*p.Chart, p.Section.Table, l); err != nil {
			return err
		}
	}
	for i, picture := range pictures {
		chart := pageChart{Still: template.HTML(still(picture)), Label: p.Alt} //nolint:gosec // drawn here, its words escaped
		if picture.Finding != "" {
			chart.Label = picture.Finding
		}
		both := map[string]live{}
		if both["wide"], err = newLive(picture); err != nil {
			return err
		}
		if i < len(narrow) {
			chart.Slim = template.HTML(still(narrow[i])) //nolint:gosec // as above
			if both["slim"], err = newLive(narrow[i]); err != nil {
				return err
			}
		}
		text, err := json.Marshal(both)
		if err != nil {
			return err
		}
		chart.Data = template.JS(text) //nolint:gosec // data escaped by json.Marshal
		p.Charts = append(p.Charts, chart)
	}
	p.Rest = strings.Join(append(charts.Notes(slices.Concat(pictures, narrow)...), charts.Drawings(pictures, narrow)...), " ")
	if bounded(pictures) {
		p.Bounds = whole(l.Word(wordBands))
		if pictures[0].Lying() {
			p.Bounds = whole(l.Word(wordWhiskers))
		}
	}
	if breaks := pictures[0].Breaks; len(breaks) > 0 {
		p.Breaks = l.Word(wordDashed) + " " + strings.Join(breaks, "; ") + "."
	}
	return nil
}

// bounded reports whether figures are drawn with their intervals.
func bounded(pictures []charts.Picture) bool {
	return slices.ContainsFunc(pictures, func(p charts.Picture) bool {
		return slices.ContainsFunc(p.Figures, func(f charts.Figures) bool {
			return !f.Sheet && (f.Band || p.Form == charts.Bars || p.Lying()) && slices.ContainsFunc(f.Points, func(at charts.Point) bool { return at.Low != nil })
		})
	})
}

// addScripts brings the script and what it knows of the whole page: the colours of the night.
func (p *page) addScripts(files fs.FS) error {
	if !p.HasCharts {
		return nil
	}
	night := map[string]string{"#fff": charts.Paper.Dark}
	for _, c := range charts.Inks() {
		night[c.Light] = c.Dark
	}
	text, err := json.Marshal(map[string]any{"night": night})
	if err != nil {
		return err
	}
	echarts, err := script(files, scriptECharts)
	if err != nil {
		return err
	}
	start, err := script(files, scriptStart)
	if err != nil {
		return err
	}
	p.Data, p.ECharts, p.Start = template.JS(text), template.JS(echarts), template.JS(start) //nolint:gosec // the program's own files
	return nil
}

// ErrNoECharts says that the program was built without the chart script, so it cannot write a page.
var ErrNoECharts = errors.New("this koblet was built without the chart script: run make build")

const (
	scriptECharts = "echarts.common.min.js"
	scriptStart   = "start.js"
)

// script reads one of the page's scripts.
func script(assets fs.FS, name string) (string, error) {
	text, err := fs.ReadFile(assets, name)
	if errors.Is(err, fs.ErrNotExist) && name == scriptECharts {
		return "", ErrNoECharts
	}
	return string(text), err
}

// addStyle joins the style sheet with the night colours of the charts and the foot of printed pages, and lets the page
// run and load exactly what it carries.
func (p *page) addStyle(files fs.FS) error {
	css, err := fs.ReadFile(files, "page.css")
	if err != nil {
		return err
	}
	var style strings.Builder
	style.Write(css)
	style.WriteString("@media screen and (prefers-color-scheme: dark) {\n")
	for _, c := range append(charts.Inks(), charts.Colour{Light: "#fff", Dark: charts.Paper.Dark}) {
		fmt.Fprintf(&style, ".still [fill=\"%s\"] { fill: %s; } .still [stroke=\"%s\"] { stroke: %s; }\n", c.Light, c.Dark, c.Light, c.Dark)
	}
	style.WriteString("}\n")
	foot := p.EditionLine
	if p.Day != "" {
		foot += " · " + p.Day
	}
	fmt.Fprintf(&style, "@page { @bottom-left { content: \"%s\"; } @bottom-right { content: counter(page) \" / \" counter(pages); } }\n", foot)
	p.Style = template.CSS(style.String()) //nolint:gosec // our style sheet, fixed words and a day
	scripts := "'none'"
	if p.HasCharts {
		scripts = hashed(string(p.ECharts)) + " " + hashed(string(p.Start))
	}
	p.Security = "default-src 'none'; script-src " + scripts + "; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
	return nil
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func pageWords(l reports.Locale) map[string]string {
	return map[string]string{
		"contents": l.Word(reports.WordContents), "note": l.Word(reports.WordNote), "source": l.Word(reports.WordSource), "asOf": l.Word(reports.WordAsOf),
		"notes": l.Word(reports.WordNotes), "skip": l.Word(wordSkip), "internal": l.Word(reports.WordInternalUse),
		"none": l.Word(reports.WordNone), "ownAxes": l.Word(wordOwnAxis),
	}
}
