package characters

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestWithoutEndMark: what stands at the end and is no data is left out, however it is read; elsewhere nothing is.
func TestWithoutEndMark(t *testing.T) {
	blocks := strings.Repeat("\x00", 300<<10)
	for text, want := range map[string]string{
		"": "", "a": "a", "a\n": "a\n", "a \n \n": "a \n \n", "a\x1a": "a", "a\n\x1a": "a\n", "a\n\x1a\x1a\x00\r\n\x1a ": "a\n", "\x1a": "", "\x00\x00": "",
		"a\x1ab": "a\x1ab", "a\x1ab\x1a": "a\x1ab", "\x1a\nb": "\x1a\nb", "a\n\x00\x00b\n": "a\n\x00\x00b\n", "a \x00": "a ",
		"a\n" + blocks: "a\n", "a" + blocks + "\x1a\n": "a", "a\n\x1a\n" + strings.Repeat("\n", 9000): "a\n",
	} {
		for name, r := range map[string]io.Reader{
			"at once": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text)), "with the end": iotest.DataErrReader(strings.NewReader(text)),
		} {
			got, err := io.ReadAll(WithoutEndMark(r))
			if err != nil || string(got) != want {
				t.Errorf("%.20q %s: %.20q (%d bytes), %v, want %.20q", text, name, got, len(got), err, want)
			}
		}
	}
	// More zeros before data than are kept: there are still many, and the data.
	got, err := io.ReadAll(WithoutEndMark(strings.NewReader("a" + blocks + "b")))
	if err != nil || !strings.HasPrefix(string(got), "a\x00") || !strings.HasSuffix(string(got), "\x00b") || len(got) < mostAlike {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// TestDecompressParts: a compressed file of several parts, zeros after the last, is read whole; anything else after it is not.
func TestDecompressParts(t *testing.T) {
	zipped := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := io.WriteString(w, text); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first, second := zipped("a,b\n1,2\n"), zipped("3,4\n")
	for text, want := range map[string]string{
		first + second: "a,b\n1,2\n3,4\n", first + strings.Repeat("\x00", 512): "a,b\n1,2\n", first + second + "\x00": "a,b\n1,2\n3,4\n", zipped("") + second: "3,4\n",
	} {
		r, err := Decompress(iotest.OneByteReader(strings.NewReader(text)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	for text, want := range map[string]string{
		first + "3,4\n": "gzip: something else stands behind what is compressed", first + "\x00x": "gzip: something else stands behind what is compressed",
		first[:len(first)-3]: "unexpected EOF", first + second[:5]: "gzip: unexpected EOF",
	} {
		r, err := Decompress(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(r); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
