package html

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"koblet/reports"
)

func TestWithoutECharts(t *testing.T) {
	var out bytes.Buffer
	err := write(&out, reports.Report{Language: "da"}, fstest.MapFS{"page.html.tmpl": {}, "page.css": {}, "start.js": {}})
	if !errors.Is(err, ErrNoECharts) || out.Len() != 0 {
		t.Errorf("error %v, %d bytes written", err, out.Len())
	}
	if !strings.Contains(ErrNoECharts.Error(), "make build") {
		t.Errorf("no cure in %q", ErrNoECharts)
	}
}
