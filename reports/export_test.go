package reports

import (
	"koblet/analysis"
)

// What the tests of the printers, which are another package, take from those of the builder.
type Sample = sample

var (
	Annual           = annual
	Built            = built
	SectionOf        = section
	SampleCommission = sampleCommission
	SampleCategories = sampleCategories
)

// Source answers with the sample's figures.
func (s sample) Source(a analysis.Ask) (analysis.Result, error) {
	return s.source(a)
}
