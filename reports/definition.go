package reports

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"koblet/analysis"
	"koblet/queries"
)

//go:embed definitions/*.toml
var definitionFiles embed.FS

// Definition is a report as its TOML file describes it: the facts its sentences name, the key figures, and the sections,
// each naming a question of the catalogue. Sentences are text/template over the facts; where a fact has no figure, the
// sentence under "otherwise" stands instead.
type Definition struct {
	Name      string
	Title     queries.Words
	Lead      queries.Words
	Otherwise queries.Words // the lead where a figure it names is not applicable
	Notes     []queries.Words
	Facts     []fact
	Key       []keyLine
	Sections  []part
	Joint     []joint // what is asked for the public edition and not shown: counts that tie its tables together
}

// joint is a question whose counts tie those of other tables together.
type joint struct {
	Question string
	Scope    analysis.Scope
}

// internalOnly marks what is in no public edition.
const internalOnly = "internal"

// Public is the definition of the public edition: without the sections and the facts that are for internal use.
func (d Definition) Public() Definition {
	d.Facts = slices.DeleteFunc(slices.Clone(d.Facts), func(f fact) bool { return f.Edition == internalOnly })
	d.Sections = slices.DeleteFunc(slices.Clone(d.Sections), func(p part) bool { return p.Edition == internalOnly })
	return d
}

// fact is one row of an answer that sentences can name: the only row, the first that agrees with Where, or the one with
// the highest value of a column; of those with an empty or unknown key, and of periods that are not settled, none is the highest.
type fact struct {
	Name     string
	Question string
	Compare  []string // two studies held against each other, instead of a question
	Study    string   // takes period and day from a study, and its categories unless others are given
	Where    map[string]string
	Highest  string // column
	Last     string // column: the row with the greatest value of it
	Edition  string // "internal" where no public edition knows it
	Least    int64  // rows with fewer permits in the rate are passed over: few permits make high rates by chance
	Scope    analysis.Scope
}

// keyLine is one line of the key figures: a label and the fact whose tally it shows.
type keyLine struct {
	Label queries.Words
	Fact  string
}

// part describes one section.
type part struct {
	Name        string // the question's name unless given
	Question    string
	Ask         queries.Words // the question's own words unless given
	Edition     string        // "internal" where it is in no public edition
	Asked       bool          // the question that the report was ordered to answer stands here, word for word
	Hidden      bool          // what is hidden, and why, stands here and not among the notes
	Brief       bool          // no long form stands beside what is spread across: further sections have its counts
	Scope       analysis.Scope
	Sheet       queries.Words
	Title       queries.Words
	Otherwise   queries.Words // the title where a figure it names is not applicable
	Unit        queries.Words
	Alt         queries.Words
	Notes       []queries.Words
	Text        []queries.Words
	Columns     []string // the columns shown, in order; all unless given
	Labels      map[string]queries.Words
	Head        queries.Words // the head over the columns with a unit
	Total       string        // the question whose row is the total row
	Group       string        // the key whose values head groups
	GroupTotals string        `toml:"group_totals"` // the question whose rows stand beside the group heads
	Across      string        // the key whose values become columns
	Value       string        // what stands in such columns
	Order       []string      // the order of such columns; values it does not name come after
	AcrossTotal string        `toml:"across_total"` // the question that fills the last column of all
	Beside      []beside      // further answers to the same question, joined by key
	Studies     bool          // the published studies, done again
	Compare     []string      // two studies held against each other
	Figures     []string      // the figures of the comparison that are shown; all unless given
	Variants    []variant     // how each study is counted
	Missing     queries.Words // why a study has no row: no snapshot of its day
	Unknown     queries.Words // what a study notes of permits without a known category
	Chart       *plan
}

// beside is a further answer whose columns stand to the right; their names get the suffix.
type beside struct {
	Suffix  string
	Head    queries.Words
	Scope   analysis.Scope
	Columns []string
}

// variant is one way of counting a study's permits.
type variant struct {
	Label  queries.Words
	Params map[string]string
}

// plan describes a chart over the section's table.
type plan struct {
	Kind    string
	X       string
	Axis    queries.Words
	Series  []seriesPlan // one for each column that Across made, unless given
	Breaks  bool         // mark changes of law and practice
	Studies bool         // mark published figures
	Beneath Beneath
}

type seriesPlan struct {
	Name              queries.Words
	Column, Low, High string
}

// Find gives the definition of that name from the catalogue. An unknown name is an error with the names there are.
func Find(name string) (Definition, error) {
	text, err := definitionFiles.ReadFile("definitions/" + name + ".toml")
	if errors.Is(err, fs.ErrNotExist) {
		return Definition{}, fmt.Errorf("unknown report %q; there are: %s", name, strings.Join(Names(), ", "))
	}
	if err != nil {
		return Definition{}, err
	}
	return Parse(name, text)
}

// Names are the reports of the catalogue.
func Names() []string {
	files, _ := fs.Glob(definitionFiles, "definitions/*.toml") // the pattern is a constant and well-formed
	for i, f := range files {
		files[i] = strings.TrimSuffix(path.Base(f), ".toml")
	}
	return files
}

// Parse reads a definition; a key it does not know is an error that names the line.
func Parse(name string, text []byte) (Definition, error) {
	var d Definition
	text = bare(text)
	dec := toml.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return Definition{}, definitionError(err)
	}
	if d.Name == "" {
		d.Name = name
	}
	return d, d.check(text)
}

// Asks is everything that a definition asks, in the order in which it is laid out: what Build needs answers to.
func (d Definition) Asks() ([]analysis.Ask, error) {
	studies, err := analysis.Studies()
	if err != nil {
		return nil, err
	}
	var asks []analysis.Ask
	for _, f := range d.Facts {
		ask, err := f.ask(studies)
		if err != nil {
			return nil, fmt.Errorf("report %s: fact %s: %w", d.Name, f.Name, err)
		}
		asks = append(asks, ask)
	}
	for _, p := range d.Sections {
		if len(p.Compare) > 0 {
			compared, err := comparing(p.Compare, studies)
			if err != nil {
				return nil, fmt.Errorf("report %s: section %s: %w", d.Name, p.name(), err)
			}
			asks = append(asks, compared)
			continue
		}
		asks = append(asks, p.asks(studies)...)
	}
	return asks, nil
}

// JointAsks is what the public edition asks beside, and shows nowhere.
func (d Definition) JointAsks() (asks []analysis.Ask) {
	for _, j := range d.Joint {
		asks = append(asks, analysis.Ask{Question: j.Question, Scope: j.Scope})
	}
	return asks
}

// ask is what a fact is read from. Of a study it takes period and day, and the categories unless it has its own.
func (f fact) ask(studies []analysis.Study) (analysis.Ask, error) {
	if len(f.Compare) > 0 {
		return comparing(f.Compare, studies)
	}
	ask := analysis.Ask{Question: f.Question, Scope: f.Scope}
	if f.Study == "" {
		return ask, nil
	}
	study, err := named(f.Study, studies)
	if err != nil {
		return ask, err
	}
	ask.AsOf, ask.Scope.From, ask.Scope.To = study.AsOf, study.From, study.To
	if len(ask.Scope.Categories) == 0 {
		ask.Scope.Categories = study.Categories
	}
	return ask, nil
}

func named(name string, studies []analysis.Study) (analysis.Study, error) {
	at := slices.IndexFunc(studies, func(s analysis.Study) bool { return s.Name == name })
	if at < 0 {
		return analysis.Study{}, fmt.Errorf("unknown study %q", name)
	}
	return studies[at], nil
}

// comparing is two studies held against each other.
func comparing(names []string, studies []analysis.Study) (analysis.Ask, error) {
	ask := analysis.Ask{Question: "compare"}
	for _, name := range names {
		study, err := named(name, studies)
		if err != nil {
			return ask, err
		}
		ask.Studies = append(ask.Studies, study)
	}
	if len(names) != 2 {
		return ask, fmt.Errorf("compare: two studies are held against each other, and %d are named", len(names))
	}
	return ask, nil
}

// asks are what one section is laid out from.
func (p part) asks(studies []analysis.Study) []analysis.Ask {
	if p.Studies {
		var asks []analysis.Ask
		for _, study := range studies {
			for _, v := range p.Variants {
				asks = append(asks, v.ask(study))
			}
			for _, f := range unknownCategories(study) {
				ask, _ := f.ask(studies) // the study is one of these
				asks = append(asks, ask)
			}
		}
		return asks
	}
	var asks []analysis.Ask
	for _, question := range []string{p.Question, p.Total, p.GroupTotals, p.AcrossTotal} {
		if question != "" {
			asks = append(asks, p.ask(question))
		}
	}
	for _, side := range p.Beside {
		for _, question := range []string{p.Question, p.Total} {
			if question != "" {
				asks = append(asks, p.askBeside(side, question))
			}
		}
	}
	return asks
}

// ask is a question in the section's scope.
func (p part) ask(question string) analysis.Ask {
	return analysis.Ask{Question: question, Scope: p.Scope}
}

// askBeside is a question in the scope of an answer that stands beside the section's own.
func (p part) askBeside(side beside, question string) analysis.Ask {
	return analysis.Ask{Question: question, Scope: p.Scope.With(side.Scope)}
}

// ask is a study counted in one way.
func (v variant) ask(study analysis.Study) analysis.Ask {
	return analysis.Ask{Question: "unlinked", AsOf: study.AsOf,
		Scope: analysis.Scope{From: study.From, To: study.To, Categories: study.Categories, Params: v.Params}}
}

// unknownCategories are the two facts of a study's note: its permits without a known category, and all with them.
func unknownCategories(study analysis.Study) [2]fact {
	of := func(categories ...string) fact {
		return fact{Name: "study", Question: "unlinked", Study: study.Name, Scope: analysis.Scope{Categories: categories}}
	}
	return [2]fact{of("unknown"), of(append(slices.Clone(study.Categories), "unknown")...)}
}

// Asked is the question of parliament that a report answers: word for word, and the number it has there, which may be missing.
type Asked struct{ Question, Number string }

// fact is what sentences can name of the question: not its words, which stand as they are.
func (a Asked) fact() row {
	if a.Number == "" {
		return row{"number": nil}
	}
	return row{"number": a.Number}
}

// Answers reports whether the report answers a question that is put to it when it is ordered.
func (d Definition) Answers() bool {
	return slices.ContainsFunc(d.Sections, func(p part) bool { return p.Asked })
}

// saysHidden reports whether a section says what is hidden.
func (d Definition) saysHidden() bool {
	return slices.ContainsFunc(d.Sections, func(p part) bool { return p.Hidden })
}

// standing is what stands in a section that has no words of its own: the question as it was put, in which nothing is filled in, and what is hidden.
func (b *builder) standing(p part) (texts []string) {
	if p.Asked {
		texts = append(texts, b.brief.Asked.Question)
	}
	switch {
	case p.Hidden && b.brief.Edition == Public:
		texts = append(texts, b.say.Protected(b.brief.Hidden))
	case p.Hidden:
		texts = append(texts, b.say.word(WordInternalUse))
	}
	return texts
}
