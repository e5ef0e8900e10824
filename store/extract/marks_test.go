package extract

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestMarks: what a text may hold is seen wherever it is cut, and nothing else is.
func TestMarks(t *testing.T) {
	for text, want := range map[string]marks{
		"": {}, "a,1,2012-05-01\n": {}, "1.0": {fractions: true}, "01.02.2012": {fractions: true}, "1.5,1.": {}, "1,0": {}, "1;1,0": {fractions: true}, "#N/A": {altered: true},
		"1.2e+16": {altered: true}, "1,2E+16": {altered: true}, "12:00+01:00": {}, "+e": {}, "e;+": {}, "a+b+ce+": {altered: true}, "0.0#": {true, true},
	} {
		for _, from := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.HalfReader(strings.NewReader(text))} {
			var found marks
			if got, err := io.ReadAll(&marking{from: from, found: &found, comma: strings.Contains(text, ";")}); err != nil || string(got) != text || found != want {
				t.Errorf("%q: %+v, want %+v; %q, %v", text, found, want, got, err)
			}
		}
	}
}

func BenchmarkMarks(b *testing.B) {
	text := bytes.Repeat([]byte("S1234567,P7654321,2012-05-01,granted,\"§ 9, stk. 1, nr. 1\",spouse_over_24,family,2012-05-01,2014-05-01,751\n"), 1<<14)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var found marks
		if _, err := io.Copy(io.Discard, &marking{from: bytes.NewReader(text), found: &found}); err != nil || found != (marks{}) {
			b.Fatal(found, err)
		}
	}
}
