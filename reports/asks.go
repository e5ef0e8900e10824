package reports

import (
	"fmt"
	"slices"

	"koblet/analysis"
)

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
