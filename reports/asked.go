package reports

import "slices"

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
