package reports

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// published are the studies' fractions as marks on a chart over years.
func (b *builder) published() []Publish {
	var out []Publish
	for _, s := range b.studies {
		label := fmt.Sprintf("%s: %s %s", b.say.word(s.Short), b.say.word(s.Published.Words), b.say.word(wordPercent))
		out = append(out, Publish{From: int64(s.From.First.Year()), To: int64(s.To.Last.Year()), Value: s.Published.Value, Label: label})
	}
	return out
}

// studiesTable does the published studies again: a group row for what was published, and under it a row for each way of
// counting, measured on the snapshot of the study's own day.
func (b *builder) studiesTable(p part, s *Section) error {
	s.Table.Columns = b.studyColumns()
	for _, study := range b.studies {
		published := Cell{Value: study.Published.Value, Word: b.say.word(study.Published.Words)}
		head := make([]Cell, len(s.Table.Columns))
		for i := range head {
			head[i].Value = "" // nothing belongs here, which is not the same as not applicable
		}
		head[0] = Cell{Value: b.say.word(study.Title)}
		head[len(head)-2] = published
		head[len(head)-1] = Cell{Value: study.AsOf}
		s.Table.Rows = append(s.Table.Rows, Row{Kind: Group, Cells: head})
		absent := false
		for i, v := range p.Variants {
			r, err := b.studyRow(study, v, s, i == 0)
			if errors.Is(err, store.ErrNoSnapshot) {
				absent = true
			} else if err != nil {
				return err
			}
			s.Table.Rows = append(s.Table.Rows, r)
		}
		note := p.Unknown
		if absent {
			note = p.Missing
		}
		if err := b.studyNote(study, note, s); err != nil {
			return err
		}
		s.Notes = append(s.Notes, fmt.Sprintf("%s: %s. %s", b.say.word(study.Short), b.say.word(study.Source), b.say.word(study.Remark)))
	}
	return nil
}

// studyNote notes how many permits of the study's period have no known category, and its rate with all of them in; or why
// there is no measure at all.
func (b *builder) studyNote(study analysis.Study, words queries.Words, s *Section) error {
	facts := unknownCategories(study)
	unknown, err := b.fact(facts[0])
	if err != nil {
		return err
	}
	with, err := b.fact(facts[1])
	if err != nil {
		return err
	}
	if len(unknown) == 0 && !b.reasons["study"].Empty() {
		return nil // that the study cannot be counted is said of each way of counting
	}
	b.facts["study"] = row{"short": b.say.word(study.Short), "day": study.AsOf, "unknown": unknown["total"], "rate": with["rate"]}
	text, err := b.sentence(words, queries.Words{})
	if text != "" {
		s.Notes = append(s.Notes, text)
	}
	return err
}

func (b *builder) studyColumns() []Column {
	w := func(da, en string) string { return b.say.word(queries.Words{Da: da, En: en}) }
	measured := w("Opgjort her", "Measured here")
	return []Column{
		{Name: "study", Label: w("Undersøgelse og optælling", "Study and way of counting")},
		{Name: "fail", Head: measured, Label: w("Ikke koblet", "Unlinked"), Unit: "permits"},
		{Name: "pass", Head: measured, Label: w("Koblet", "Linked"), Unit: "permits"},
		{Name: "unknown", Head: measured, Label: w("Uafklaret", "Cannot be decided"), Unit: "permits"},
		{Name: "rate", Head: measured, Label: w("Andel ikke koblet", "Unlinked rate"), Unit: unitShare},
		{Name: "rate_low", Head: measured, Label: w("Nedre 95 pct.", "Lower 95 per cent"), Unit: unitShare, Until: "rate_high", Both: b.say.word(wordInterval)},
		{Name: "rate_high", Head: measured, Label: w("Øvre 95 pct.", "Upper 95 per cent"), Unit: unitShare},
		{Name: "published", Label: w("Offentliggjort", "Published"), Unit: unitShare},
		{Name: "counted_on", Label: w("Opgjort pr.", "As of")},
	}
}

// studyRow measures a study one way; the doubts of the answer are noted with the first.
func (b *builder) studyRow(study analysis.Study, v variant, s *Section, noted bool) (Row, error) {
	cells := make([]Cell, len(s.Table.Columns))
	cells[0] = Cell{Value: b.say.word(v.Label)}
	cells[len(cells)-2] = Cell{Value: ""}
	cells[len(cells)-1] = Cell{Value: ""}
	result, err := b.answers.To(v.ask(study))
	if err != nil || len(result.Rows) == 0 {
		if why := b.reason(v.Label, result.NotApplicable); why != "" {
			s.Notes = append(s.Notes, b.say.word(study.Short)+": "+why)
		}
		return Row{Cells: cells}, err
	}
	for _, n := range result.Notes {
		if text := b.say.Note(n); noted && !b.shared[text] {
			s.Notes = append(s.Notes, b.say.word(study.Short)+": "+text)
		}
	}
	copy(cells[1:], b.cells(result, 0, s.Table.Columns)[1:len(cells)-2])
	return Row{Cells: cells}, nil
}

// ProvenanceName is the name of the section that ends every report.
const ProvenanceName = "provenance"

// provenance is the last section: the files with their hashes and counts, the program, the snapshot, and what was asked.
func (b *builder) provenance() Section {
	w := func(da, en string) string { return b.say.word(queries.Words{Da: da, En: en}) }
	p := b.brief.Provenance
	s := Section{Name: ProvenanceName, Sheet: w("Datagrundlag", "Provenance"), Title: w("Datagrundlag", "Provenance"),
		Question: w("Hvilke filer, hvilken opgørelse og hvilke spørgsmål bygger tallene på?", "Which files, which snapshot and which questions do the figures stand on?")}
	s.Text = []string{
		w("Program: ", "Program: ") + p.Program,
		w("Opgørelse: ", "Snapshot: ") + b.say.day(p.AsOf) + ", SHA-256 " + p.SnapshotHash,
		w("For hver fil gælder: linjer = overskrift + indlæste + afviste.", "For each file, lines = header + loaded + rejected."),
	}
	for _, of := range append([]Provenance{p}, p.Others...) {
		for _, a := range of.Accepted {
			s.Text = append(s.Text, w("Accepteret ved indlæsningen", "Accepted when it was loaded")+b.loadedOf(of)+": "+b.say.Accepted(a))
		}
		if found := b.findings(of.Findings); found != "" {
			s.Text = append(s.Text, w("Fund ved indlæsningen", "Found when it was loaded")+b.loadedOf(of)+": "+found)
		}
	}
	s.Table = b.filesTable()
	asked := b.questionsTable()
	s.Detail, s.DetailSheet = &asked, b.say.word(wordAsked)
	return s
}

// loadedOf names the snapshot that something was found in, where the report stands on several.
func (b *builder) loadedOf(p Provenance) string {
	if len(b.brief.Provenance.Others) == 0 {
		return ""
	}
	return " (" + b.say.day(p.AsOf) + ")"
}

// findings says which kinds of wrong values a delivery has, where, and in how many rows.
func (b *builder) findings(all []Found) string {
	var parts []string
	for _, f := range all {
		text := registers.Label("finding", f.Reason, b.say.code) + ", " + strings.Trim(f.Table+"."+f.Column, ".") + ": " + b.say.value(f.N, "rows")
		if f.Of > 0 {
			text += b.say.word(queries.Words{Da: " af ", En: " of "}) + b.say.value(f.Of, "rows")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// filesTable names the files of every snapshot that the report stands on, without their folders, which say nothing of the figures and
// much of the machine. Where there is more than one snapshot, its day stands beside each file.
func (b *builder) filesTable() Table {
	p := b.brief.Provenance
	w := func(da, en string) string { return b.say.word(queries.Words{Da: da, En: en}) }
	t := Table{Columns: []Column{
		{Name: "file", Label: w("Fil", "File")},
		{Name: "table", Label: w("Tabel", "Table")},
		{Name: "encoding", Label: w("Tegnsæt", "Encoding")},
		{Name: "physical_lines", Label: w("Fysiske linjer", "Physical lines"), Unit: "lines"},
		{Name: "lines", Label: w("Poster i alt", "Records in all"), Unit: "rows"},
		{Name: "header", Label: w("Overskrift", "Header"), Unit: "rows"},
		{Name: "loaded", Label: w("Indlæst", "Loaded"), Unit: "rows"},
		{Name: "rejected", Label: w("Afvist", "Rejected"), Unit: "rows"},
		{Name: "findings", Label: w("Fund", "Findings"), Unit: "findings"},
		{Name: "sha256", Label: "SHA-256"},
	}}
	if len(p.Others) > 0 {
		t.Columns = slices.Insert(t.Columns, 0, Column{Name: "as_of", Label: w("Opgjort pr.", "As of")})
	}
	for _, of := range append([]Provenance{p}, p.Others...) {
		t.Rows = append(t.Rows, of.fileRows(len(p.Others) > 0)...)
	}
	return t
}

// fileRows are the lines of a snapshot's receipt, with its day or without.
func (p Provenance) fileRows(dated bool) (rows []Row) {
	for _, f := range p.Files {
		var cells []Cell
		if dated {
			cells = append(cells, Cell{Value: p.AsOf})
		}
		for _, v := range []any{filepath.Base(f.Name), f.Table, f.Encoding, f.PhysicalLines, f.Lines, f.Header, f.Loaded, f.Rejected, f.Findings, f.SHA256} {
			cells = append(cells, Cell{Value: v})
		}
		rows = append(rows, Row{Cells: cells})
	}
	return rows
}

// questionsTable lists what was asked, in the order asked, with every parameter that restricts something.
func (b *builder) questionsTable() Table {
	w := func(da, en string) string { return b.say.word(queries.Words{Da: da, En: en}) }
	t := Table{Columns: []Column{
		{Name: "question", Label: w("Spørgsmål", "Question")},
		{Name: "as_of", Label: w("Opgjort pr.", "As of")},
		{Name: "snapshot", Label: w("Opgørelse (SHA-256)", "Snapshot (SHA-256)")},
		{Name: "arguments", Label: w("Parametre", "Parameters")},
	}}
	for _, r := range b.answers.Results {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Value: r.Question.Name}, {Value: r.AsOf}, {Value: fmt.Sprintf("%.12s", r.Snapshot)}, {Value: arguments(r)}}})
	}
	return t
}

func arguments(r analysis.Result) string {
	var parts []string
	for _, a := range r.Arguments {
		switch v := a.Value.(type) {
		case nil:
		case time.Time:
			parts = append(parts, a.Name+"="+v.Format(time.DateOnly))
		case []string:
			parts = append(parts, a.Name+"="+strings.Join(v, ","))
		default:
			parts = append(parts, fmt.Sprintf("%s=%v", a.Name, v))
		}
	}
	return strings.Join(parts, "; ")
}
