package reports

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/analysis/protection"
	"koblet/queries"
	"koblet/registers"
)

// The names of the sections that end a report: what was found wrong when its snapshots were loaded, where anything was, and where all of it comes
// from, which every report has.
const (
	FindingsName   = "findings_at_load"
	ProvenanceName = "provenance"
)

// Behind reports whether the section tells of the data that the others stand on, and answers no question itself.
func (s Section) Behind() bool { return s.Name == FindingsName || s.Name == ProvenanceName }

// behind are the sections that end a report.
func (b *builder) behind() []Section {
	sections := []Section{b.provenance()}
	if found := b.found(); len(found.Table.Rows) > 0 && b.brief.Edition != Public { // how many rows have what wrong may be few persons
		sections = slices.Insert(sections, 0, found)
	}
	return sections
}

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

// found is the section of the wrong values that were kept when the snapshots were loaded, of each the worst first: those in the greatest share of
// their table's rows, and last what is wrong with a file as such.
func (b *builder) found() Section {
	w := func(da, en string) string { return b.say.word(queries.Words{Da: da, En: en}) }
	all := append([]Provenance{b.brief.Provenance}, b.brief.Provenance.Others...)
	s := Section{Name: FindingsName, Sheet: w("Fund ved indlæsningen", "Findings at load"),
		Question: w("Hvilke forkerte eller tvivlsomme værdier blev fundet, da registrene blev indlæst?", "Which wrong or doubtful values were found when the registers were loaded?"),
		Notes: []string{w("Rækkerne er indlæst og indgår i tallene, og værdierne er bevaret. Andelen er af tabellens indlæste rækker; det, der er fundet i en fil som sådan, har ingen.",
			"The rows are loaded and counted, and the values are kept. The share is of the table's loaded rows; what was found in a file as such has none.")}}
	s.Table.Columns = []Column{
		{Name: "found", Label: w("Fund", "Finding")}, {Name: "where", Label: w("Tabel og kolonne", "Table and column")},
		{Name: "n", Label: w("Rækker", "Rows"), Unit: "findings"}, {Name: "of", Label: w("Af indlæste", "Of loaded"), Unit: "rows"}, {Name: "share", Label: w("Andel", "Share"), Unit: UnitSmall},
	}
	if len(all) > 1 {
		s.Table.Columns = slices.Insert(s.Table.Columns, 0, Column{Name: "as_of", Label: w("Opgjort pr.", "As of")})
	}
	for _, p := range all {
		for _, f := range p.worstFirst() {
			cells := []Cell{{Value: Capital(registers.Label("finding", f.Reason, b.say.code))}, {Value: strings.Trim(f.Table+"."+f.Column, ".")}, {Value: f.N}, {}, {Value: f.Share}}
			if f.Share != nil {
				cells[3].Value = f.Of
			}
			if len(all) > 1 {
				cells = slices.Insert(cells, 0, Cell{Value: p.AsOf})
			}
			s.Table.Rows = append(s.Table.Rows, Row{Cells: cells})
		}
	}
	s.Title = b.foundTitle(all)
	return s
}

// foundTitle says how many kinds of finding there are, each once however many snapshots it stands in.
func (b *builder) foundTitle(all []Provenance) string {
	kinds := map[[3]string]bool{}
	for _, p := range all {
		for _, f := range p.Findings {
			kinds[[3]string{f.Reason, f.Table, f.Column}] = true
		}
	}
	words := queries.Words{Da: "Ved indlæsningen blev der fundet %s slags fejlbehæftede eller tvivlsomme værdier", En: "Wrong or doubtful values of %s kinds were found at load"}
	if len(kinds) == 1 {
		words.En = "Wrong or doubtful values of %s kind were found at load"
	}
	return fmt.Sprintf(b.say.word(words), b.say.value(int64(len(kinds)), "rows"))
}

// worstFirst are the findings of a snapshot in the order in which they matter.
func (p Provenance) worstFirst() []Found {
	size := func(f Found) float64 {
		if share, ok := f.Share.(float64); ok {
			return share
		}
		return -1
	}
	all := slices.Clone(p.Findings)
	slices.SortStableFunc(all, func(a, b Found) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(b.N, a.N), cmp.Compare(a.Table, b.Table), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Reason, b.Reason))
	})
	return all
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

// Provenance is where a report's figures come from: the program, the snapshot and the files loaded into it.
type Provenance struct {
	Program      string // name and version
	SnapshotHash string
	AsOf         time.Time
	Files        []File
	Findings     []Found
	Accepted     []Accepted
	Others       []Provenance // of the snapshots of other days that some answers stand on
}

// Found is a kind of wrong value that was kept when the snapshot was loaded: in how many of how many rows of a table, and what fraction
// that is; what is wrong with a file as such has none.
type Found struct {
	Reason, Table, Column string
	N, Of                 int64
	Share                 any // float64, or nil
}

// Accepted is a limit of what makes sense that the delivery broke and that was accepted by name when it was loaded: of how many
// rows how many broke it, or by how many days it did, where Of is 0.
type Accepted struct {
	Reason, Table, Column string
	N, Of                 int64
}

// File is one line of a snapshot's receipt. Lines = Header + Loaded + Rejected, counted in records.
type File struct {
	Name, Table, SHA256, Encoding                            string
	PhysicalLines, Lines, Header, Loaded, Rejected, Findings int64
}

// reservations says in a sentence what the delivery was accepted in spite of; empty where it was sound.
func (b *builder) reservations() string {
	var reasons []string
	for _, a := range b.brief.Provenance.Accepted {
		if word := registers.Label("limit", a.Reason, b.say.code); !slices.Contains(reasons, word) {
			reasons = append(reasons, word)
		}
	}
	if len(reasons) == 0 {
		return ""
	}
	return b.say.word(queries.Words{Da: "Opgørelsen er indlæst med forbehold: ", En: "The snapshot was loaded with reservations: "}) + strings.Join(reasons, "; ") + "."
}

// Accepted says in full what was accepted: where, and how much of it. The counts are of a file's rows.
func (l Locale) Accepted(a Accepted) string {
	where := strings.Trim(a.Table+"."+a.Column, ".")
	if where == "" {
		where = "--as-of"
	}
	text := registers.Label("limit", a.Reason, l.code) + " (" + a.Reason + "), " + where
	if a.N == 0 {
		return text // a table without rows
	}
	text += ": " + l.value(a.N, "rows")
	switch {
	case a.Reason == "empty_table":
		return text + " " + l.Unit("rows")
	case a.Of == 0:
		return text + " " + l.Unit("days")
	}
	return text + l.word(queries.Words{Da: " af ", En: " of "}) + l.value(a.Of, "rows") +
		" (" + l.value(float64(a.N)/float64(a.Of), unitShare) + " " + l.word(wordPercent) + ")"
}

// Protected says how much is hidden in a public edition and why.
func (l Locale) Protected(s protection.Summary) string {
	count := func(n int) string { return l.value(int64(n), "permits") }
	text := fmt.Sprintf(l.word(queries.Words{
		Da: "Tal fra 1 til %[1]d er skjult ([c]), og det samme er alt, hvad der er beregnet af dem. For at de ikke skal kunne udledes af andre tal i rapporten, er der også skjult større tal og nuller. Af rapportens %[2]s tal er %[3]s skjult, fordi de er små, og %[4]s for at dække dem.",
		En: "Counts from 1 to %[1]d are hidden ([c]), and so is all that is computed from them. So that they cannot be worked out from the rest of the report, larger counts and noughts are hidden, too. Of the report's %[2]s counts, %[3]s are hidden because they are small and %[4]s to cover them.",
	}), s.Threshold-1, count(s.Counts), count(s.Small), count(s.Covering))
	if s.Notes > 0 {
		text += " " + l.word(queries.Words{Da: "Noter med tal, der ikke står i en tabel, er udeladt.", En: "Notes with figures that stand in no table are left out."})
	}
	return text
}

// HiddenIn lists the questions that have hidden counts, with how many; empty where none has.
func HiddenIn(s protection.Summary) string {
	var parts []string
	for _, question := range slices.Sorted(maps.Keys(s.Hidden)) {
		if n := s.Hidden[question]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s (%d)", question, n))
		}
	}
	return strings.Join(parts, ", ")
}

// codeOf is the figure code of a section's own answer; empty where it has none.
func (b *builder) codeOf(p part) string {
	if p.Question == "" {
		return ""
	}
	r, err := b.answers.To(p.ask(p.Question))
	if err != nil {
		return "" // the section says so itself
	}
	return r.Code()
}

// sourceLine says where the figures of a section come from, and by which code they are found again.
func (b *builder) sourceLine(code string) string {
	p := b.brief.Provenance
	text := b.say.word(queries.Words{
		Da: "Udlændingemyndighedernes register (CARL2) og CPR, opgjort pr. %s. %s, opgørelse %.12s.",
		En: "The immigration authorities' register (CARL2) and CPR, as of %s. %s, snapshot %.12s.",
	})
	line := fmt.Sprintf(text, b.say.day(p.AsOf), p.Program, p.SnapshotHash)
	if code != "" {
		line += fmt.Sprintf(b.say.word(queries.Words{Da: " Talkode %s.", En: " Figure code %s."}), code)
	}
	return line
}
