package characters

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
)

// allBytes are the 256 bytes in order.
func allBytes() []byte {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return all
}

func TestDetectEncoding(t *testing.T) {
	long := strings.Repeat("plain, text\n", 50_000)
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "utf-8"}, {"plain", "a,b\n", "utf-8"}, {"utf-8", "Jørgen Łukasz 漢", "utf-8"}, {"mark", "\ufeffa,b", "utf-8"},
		{"latin", "J\xf8rgen\n", "iso-8859-1"}, {"windows", "J\xf8rgen \x80 5\n", "windows-1252"},
		{"all bytes", string(allBytes()), "windows-1252"}, {"all of ISO-8859-1", string(allBytes()[:0x80]) + string(allBytes()[0xa0:]), "iso-8859-1"},
		{"at the very end", long + "\xe6", "iso-8859-1"}, {"at the beginning", "\x93" + long, "windows-1252"},
		{"UTF-8 with a broken line", "Jørgen\nSøren\nJ\xf8rgen\n", "utf-8"}, {"marked, with a broken line", "\ufeffJ\xf8rgen\n", "utf-8"},
		{"Latin that once looks like UTF-8", "\xc3\xb8 J\xf8rgen S\xf8ren", "iso-8859-1"},
		{"a character cut off at the end", "J\xc3", "iso-8859-1"},
		{"a zero byte", "a,\x00b\n1,2\n", "utf-8"},
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(test.text), "by halves": iotest.HalfReader(strings.NewReader(test.text))} {
			if got, err := DetectEncoding(r); got != test.want || err != nil {
				t.Errorf("%s, %s: %s, %v; want %s", test.name, name, got, err, test.want)
			}
		}
	}
	// A character of several bytes across the end of what is read at a time.
	for shift := range 4 {
		text := strings.Repeat("x", 256<<10-shift) + "€" + long
		if got, err := DetectEncoding(strings.NewReader(text)); got != "utf-8" || err != nil {
			t.Errorf("euro %d before the end of the buffer: %s, %v", shift, got, err)
		}
	}
	for _, text := range []string{"\xff\xfea\x00,\x00", "\xfe\xff\x00a\x00,", "a\x00,\x00b\x00", "\x00a\x00,\x00b"} {
		if _, err := DetectEncoding(strings.NewReader(text)); !errors.Is(err, ErrUTF16) {
			t.Errorf("%q: %v, want ErrUTF16", text, err)
		}
	}
	for _, text := range []string{"\xff\xfe\x00\x00a\x00\x00\x00", "\x00\x00\xfe\xff\x00\x00\x00a", "a\x00\x00\x00\xf8\x00\x00\x00,\x00\x00\x00b\x00\x00\x00"} {
		if _, err := DetectEncoding(strings.NewReader(text)); !errors.Is(err, ErrUTF32) {
			t.Errorf("%q: %v, want ErrUTF32", text, err)
		}
	}
	if _, err := DetectEncoding(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("reader's error: %v", err)
	}
}

func TestDecode(t *testing.T) {
	text := bytes.Repeat(append(allBytes(), "plain text, as most of it is"...), 1000)
	for encoding, table := range map[string]*charmap.Charmap{"iso-8859-1": charmap.ISO8859_1, "windows-1252": charmap.Windows1252} {
		want, err := table.NewDecoder().Bytes(text)
		if err != nil {
			t.Fatal(err)
		}
		for name, from := range map[string]io.Reader{"whole": bytes.NewReader(text), "byte by byte": iotest.OneByteReader(bytes.NewReader(text)),
			"error with data": iotest.DataErrReader(bytes.NewReader(text))} {
			r, err := Decode(from, encoding)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s, %s: %d bytes, want %d, %v", encoding, name, len(got), len(want), err)
			}
		}
		r, _ := Decode(bytes.NewReader(text[:600]), encoding)
		if got, err := io.ReadAll(iotest.OneByteReader(r)); err != nil || !bytes.HasPrefix(want, got) || len(got) < 600 {
			t.Errorf("%s, read byte by byte: %d bytes, %v", encoding, len(got), err)
		}
	}
	for b := range 256 {
		r, _ := Decode(bytes.NewReader([]byte{byte(b)}), "iso-8859-1")
		if got, _ := io.ReadAll(r); string(got) != string(rune(b)) {
			t.Errorf("byte %02x is %q", b, got)
		}
	}
	r, _ := Decode(bytes.NewReader(text), "utf-8")
	if got, _ := io.ReadAll(r); !bytes.Equal(got, text) {
		t.Error("UTF-8 is not passed on as it is")
	}
	if _, err := Decode(nil, "latin1"); err == nil {
		t.Error("an unknown encoding passed")
	}
}

// asUTF8 gives a delivered text as UTF-8, as loading does: decompressed, its encoding the one declared or else detected.
func asUTF8(file io.ReadSeeker, encoding string) (io.Reader, string, error) {
	start, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, "", err
	}
	if encoding == "" {
		plain, err := Decompress(file)
		if err != nil {
			return nil, "", err
		}
		if encoding, err = DetectEncoding(plain); err != nil {
			return nil, "", err
		}
		if _, err := file.Seek(start, io.SeekStart); err != nil {
			return nil, "", err
		}
	}
	plain, err := Decompress(file)
	if err != nil {
		return nil, "", err
	}
	text, err := Decode(plain, encoding)
	return text, encoding, err
}

func TestTextIsOpened(t *testing.T) {
	want := strings.Repeat("Jørgen,Ærø\n", 10_000)
	latin, err := charmap.ISO8859_1.NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	for _, half := range []string{latin[:1000], latin[1000:]} { // two members, as when files are put together
		w := gzip.NewWriter(&zipped)
		_, _ = io.WriteString(w, half)
		_ = w.Close()
	}
	for _, test := range []struct{ name, text, declared, want string }{
		{"latin", latin, "", "iso-8859-1"}, {"declared", latin, "windows-1252", "windows-1252"}, {"utf-8", want, "", "utf-8"},
		{"gzip", zipped.String(), "", "iso-8859-1"}, {"gzip, declared", zipped.String(), "iso-8859-1", "iso-8859-1"},
	} {
		r, encoding, err := asUTF8(strings.NewReader(test.text), test.declared)
		if err != nil || encoding != test.want {
			t.Errorf("%s: %s, %v", test.name, encoding, err)
			continue
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != want {
			t.Errorf("%s: %d bytes, want %d, %v", test.name, len(got), len(want), err)
		}
	}
	if _, _, err := asUTF8(strings.NewReader(zipped.String()[:zipped.Len()/2]), ""); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a compressed file cut off: %v", err)
	}
	if _, _, err := asUTF8(strings.NewReader("\x1f\x8bno gzip after all"), ""); err == nil {
		t.Error("two bytes of gzip passed")
	}
	if r, encoding, err := asUTF8(strings.NewReader(""), ""); err != nil || encoding != "utf-8" {
		t.Errorf("empty: %s, %v", encoding, err)
	} else if got, err := io.ReadAll(r); err != nil || len(got) != 0 {
		t.Errorf("empty: %q, %v", got, err)
	}
}

func BenchmarkDetectEncoding(b *testing.B) {
	text := bytes.Repeat([]byte("0203041001,S\xf8rensen,Anne Marie,2013-05-17,granted,\xa7 9 c\n"), 1<<20/50)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := DetectEncoding(bytes.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	text := bytes.Repeat([]byte("0203041001,S\xf8rensen,Anne Marie,2013-05-17,granted,\xa7 9 c\n"), 1<<20/50)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r, _ := Decode(bytes.NewReader(text), "windows-1252")
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
