package characters

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestLineMarks: where neither LF nor CR ends the lines, what does is found, and read as a line feed.
func TestLineMarks(t *testing.T) {
	for text, want := range map[string]string{
		"a\x85b\xe5\x85": "a\nb\xe5\n", "a\u0085å\u0085": "a\nå\n", "a\u2028b": "a\nb", "a\u2029b\u2029": "a\nb\n",
		"a\n\x85b\xe5": "a\n\x85b\xe5", "a\r\u0085b": "a\r\u0085b", "Å": "Å", "\xe5": "\xe5", "": "", "\u0085": "\n",
	} {
		mark := LineMarkOf([]byte(text))
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
			if got, err := io.ReadAll(WithLineFeeds(r, mark)); err != nil || string(got) != want {
				t.Errorf("%q: mark %q, %q, %v, want %q", text, mark, got, err, want)
			}
		}
	}
}
