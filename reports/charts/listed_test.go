package charts

import (
	"maps"
	"slices"
	"testing"

	"koblet/reports"
)

// TestKindsAreListed: what a definition can ask for is what can be drawn.
func TestKindsAreListed(t *testing.T) {
	if drawn := slices.Sorted(maps.Keys(kinds)); !slices.Equal(drawn, reports.ChartKinds) {
		t.Errorf("drawn are %v, listed %v", drawn, reports.ChartKinds)
	}
}
