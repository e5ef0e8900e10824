package records

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"koblet/registers"
	"koblet/registers/characters"
)

func mustScan(t *testing.T, text string) Scanned {
	t.Helper()
	found, err := Scan(strings.NewReader(text), Scanning{})
	if err != nil {
		t.Fatalf("scan: %v", err)
	}
	return found
}

func TestScanCounts(t *testing.T) {
	for _, test := range []struct {
		name, text     string
		records, sound int64
		lines, blank   int64
		ends           string
	}{
		{"empty file", "", 0, 0, 0, 0, ""},
		{"header only", "a,b", 1, 0, 1, 0, ""},
		{"header and line end", "a,b\n", 1, 0, 1, 0, "lf"},
		{"two rows", "a,b\n1,2\n3,4\n", 3, 2, 3, 0, "lf"},
		{"no last line end", "a,b\n1,2\n3,4", 3, 2, 3, 0, "lf"},
		{"crlf", "a,b\r\n1,2\r\n3,4\r\n", 3, 2, 3, 0, "crlf"},
		{"cr", "a,b\r1,2\r3,4", 3, 2, 3, 0, "cr"},
		{"mixed", "a,b\r\n1,2\n3,4\r5,6\n", 4, 3, 4, 0, "mixed"},
		{"quoted delimiter and break", "a,b\n\"1,\n1\",2\n3,4\n", 3, 2, 4, 0, "lf"},
		{"quote written twice", "a,b\n\"1\"\"\",\"\"\n", 2, 1, 2, 0, "lf"},
		{"quote inside a field", "a,b\n1,2\"3\n", 2, 1, 2, 0, "lf"},
		{"closing quote at the end", "a,b\n1,\"2\"", 2, 1, 2, 0, "lf"},
		{"blank lines", "a,b\n\n1,2\n\r\n", 2, 1, 4, 2, "mixed"},
		{"blank lines first", "\n\na,b\n1,2\n", 2, 1, 4, 2, "lf"},
		{"one column: an empty line is a record", "a\n1\n\n2\n", 4, 3, 4, 0, "lf"},
		{"empty fields", "a,b\n,\n", 2, 1, 2, 0, "lf"},
		{"byte order mark", "\ufeffa,b\n1,2\n", 2, 1, 2, 0, "lf"},
	} {
		found := mustScan(t, test.text)
		if found.Records != test.records || found.Sound != test.sound || found.Lines != test.lines ||
			found.Blank != test.blank || found.LineEnds() != test.ends || len(found.Broken) != 0 {
			t.Errorf("%s: %+v, line ends %q", test.name, found, found.LineEnds())
		}
		sum := sha256.Sum256([]byte(test.text))
		if found.SHA256 != hex.EncodeToString(sum[:]) || found.Bytes != int64(len(test.text)) {
			t.Errorf("%s: SHA-256 %s of %d bytes", test.name, found.SHA256, found.Bytes)
		}
	}
}

func TestScanHeader(t *testing.T) {
	for text, want := range map[string][]string{
		"a,b\n1,2\n":                         {"a", "b"},
		"\ufeff\"a\",\"b\"\r\n":              {"a", "b"},
		"\"a, \"\"first\"\"\",b \n":          {"a, \"first\"", "b "},
		"a,,\"\"\n":                          {"a", "", ""},
		"\"two\nlines\",b\n1,2\n":            {"two\nlines", "b"},
		"a\"b,c":                             {"a\"b", "c"},
		"\ufeff\ufeffå,b\n":                  {"å", "b"},
		strings.Repeat("x", 1<<20) + "\n1\n": {strings.Repeat("x", 1<<20)},
	} {
		if found := mustScan(t, text); !slices.Equal(found.Header, want) {
			t.Errorf("header of %.20q: %.20q", text, found.Header)
		}
	}
	for text, want := range map[string]string{
		"a,\"b\n1,2\n": "header: line 1: bad_quote", "\n\"a\"b,c\n": "header: line 2: bad_quote",
		"a,\x00\n1,2\n": "header: line 1: nul_byte", "a,\xe6\n": "header: line 1: not_utf8",
		strings.Repeat("x", 1<<20+1): "header: line 1: line_too_long",
	} {
		if _, err := Scan(strings.NewReader(text), Scanning{}); !errors.Is(err, ErrHeader) || err.Error() != want {
			t.Errorf("header of %.20q: %v, want %s", text, err, want)
		}
	}
}

func TestScanBroken(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, test := range []struct {
		name, text string
		want       []Broken
		sound      int64
	}{
		{"too few, too many", "a,b\n1\n1,2\n1,2,3\n", []Broken{{2, 2, WrongNumberOfFields}, {4, 4, WrongNumberOfFields}}, 1},
		{"text after the closing quote", "a,b\n\"1\"x,2\n3,4\n", []Broken{{2, 2, BadQuote}}, 1},
		{"never closed, at the end", "a,b\n1,2\n3,\"4\n", []Broken{{3, 3, BadQuote}}, 1},
		{"never closed, then plain lines", "a,b\n1,\"2\n3,4\n5,6\n", []Broken{{2, 2, BadQuote}}, 2},
		{"never closed, then quoted lines", "a,b\n1,\"2\n3,\"4\"\n\"5\",6\n", []Broken{{2, 2, BadQuote}}, 2},
		{"closed by another's quote, too many fields", "a,b\n1,\"2\n3,\",x\"\n5,6\n", []Broken{{2, 2, WrongNumberOfFields}}, 2},
		{"never closed, after a quoted break", "a,b\n\"1\n1\",\"2\n3,4\n", []Broken{{2, 2, BadQuote}, {3, 3, BadQuote}}, 1},
		{"zero byte", "a,b\n1,\x002\n3,4\n", []Broken{{2, 2, NULByte}}, 1},
		{"zero byte in a quoted break", "a,b\n1,\"\n\x00\"\n3,4\n", []Broken{{2, 2, NULByte}}, 1},
		{"not UTF-8", "a,b\nJ\xf8rgen,2\nJørgen,4\n", []Broken{{2, 2, NotUTF8}}, 1},
		{"not UTF-8 at the end", "a,b\n3,4\n1,\xc3", []Broken{{3, 3, NotUTF8}}, 1},
		{"longest line", "a,b\n1," + long[2:] + "\r\n3,4\n", nil, 2},
		{"too long by one", "a,b\n1," + long[1:] + "\n3,4\n", []Broken{{2, 2, LineTooLong}}, 1},
		{"far too long", "a,b\n1," + long + long + long + "\r\n3,4\n", []Broken{{2, 2, LineTooLong}}, 1},
		{"too long and the last", "a,b\n3,4\n1," + long + long, []Broken{{3, 3, LineTooLong}}, 1},
		{"quoted, together too long", "a,b\n1,\"" + long[:1<<19] + "\n" + long[:1<<19] + "\"\n3,4\n",
			[]Broken{{2, 2, BadQuote}, {3, 3, WrongNumberOfFields}}, 1},
		{"after a blank line and a break", "a,b\n\n\"1\n\",2\n3\n4,5\n", []Broken{{3, 5, WrongNumberOfFields}}, 2},
	} {
		found := mustScan(t, test.text)
		if !slices.Equal(found.Broken, test.want) || found.Sound != test.sound ||
			found.Records != 1+found.Sound+int64(len(found.Broken)) {
			t.Errorf("%s: %d records, %d sound, %+v", test.name, found.Records, found.Sound, found.Broken)
		}
	}
}

func TestScanBytes(t *testing.T) {
	long := strings.Repeat("å", 1<<20)
	for _, test := range []struct {
		name, text string
		utf8, bom  bool
		nul        bool
	}{
		{"plain", "a\n1\n", true, false, false},
		{"mark", "\ufeffa\n1\n", true, true, false},
		{"zero byte", "a\n\x00\n1\n", true, false, true},
		{"zero byte at the end", "a\n1\n\x00\n", true, false, false},
		{"iso-8859-1", "a\nJ\xf8rgen\n", false, false, false},
		{"long line of two-byte letters", "a\n" + long + "x" + long + "\n1\n", true, false, false},
		{"in a line too long", "a\n" + long + "\xff" + long + "\n1\n", false, false, false},
	} {
		found := mustScan(t, test.text)
		if found.UTF8 != test.utf8 || found.BOM != test.bom || found.NUL != test.nul {
			t.Errorf("%s: UTF-8 %v, mark %v, zero byte %v", test.name, found.UTF8, found.BOM, found.NUL)
		}
	}
}

func TestScanLineOfRow(t *testing.T) {
	found := mustScan(t, "a,b\n1,2\n\n\"3\n3\",4\nx\n5,6\n7,8\n")
	for row, want := range map[int64]int64{0: 0, 1: 2, 2: 4, 3: 7, 4: 8} {
		if line := found.Line(row); line != want {
			t.Errorf("row %d on line %d, want %d", row, line, want)
		}
	}
	if found = mustScan(t, "a\n1\n2\n3\n"); len(found.jumps) != 1 || found.Line(3) != 4 {
		t.Errorf("a plain file needs one jump, has %d", len(found.jumps))
	}
}

func TestScanCleaned(t *testing.T) {
	var cleaned bytes.Buffer
	text := "\ufeff\"a\";b\r\n1;2\r\n\r\n\"3\r\n3\";4\r\nx\r\n5;\"6\r\n7;8\r\n9;\xff\r\n10;11"
	found, err := Scan(strings.NewReader(text), Scanning{Delimiter: ';', Cleaned: &cleaned})
	if err != nil || found.Sound != 4 || len(found.Broken) != 3 {
		t.Fatalf("%+v, %v", found, err)
	}
	if want := "\"a\";b\n1;2\n\"3\r\n3\";4\n7;8\n10;11\n"; cleaned.String() != want {
		t.Errorf("cleaned copy %q, want %q", cleaned.String(), want)
	}
}

// TestScanLoose: a quote after a blank is a character of the field, and the copy says so to any reader.
func TestScanLoose(t *testing.T) {
	var cleaned bytes.Buffer
	text := "a, \"b\"\n1, \"2\n3,4\" \n5,\"6\"\n"
	found, err := Scan(strings.NewReader(text), Scanning{Cleaned: &cleaned})
	if err != nil || found.Sound != 3 || len(found.Broken) != 0 || found.Loose != 3 {
		t.Fatalf("%+v, %v", found, err)
	}
	if want := "\"a\",\" \"\"b\"\"\"\n\"1\",\" \"\"2\"\n\"3\",\"4\"\" \"\n5,\"6\"\n"; cleaned.String() != want {
		t.Errorf("cleaned copy %q, want %q", cleaned.String(), want)
	}
}

func TestScanErrors(t *testing.T) {
	broken := errors.New("disk gone")
	if _, err := Scan(iotest.ErrReader(broken), Scanning{}); !errors.Is(err, broken) {
		t.Errorf("reader's error: %v", err)
	}
	half := io.MultiReader(strings.NewReader("a,b\n1,2\n"), iotest.ErrReader(broken))
	if _, err := Scan(half, Scanning{}); !errors.Is(err, broken) {
		t.Errorf("reader's error after two lines: %v", err)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if _, err := zip.Write([]byte("a,b\n1,2\n3,4\n")); err != nil || zip.Close() != nil {
		t.Fatal("gzip")
	}
	cut, err := gzip.NewReader(bytes.NewReader(packed.Bytes()[:packed.Len()-9]))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Scan(cut, Scanning{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a compressed file that was cut off: %v", err)
	}
	if _, err := Scan(idle{}, Scanning{}); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that gives nothing: %v", err)
	}
	reader, writer := io.Pipe()
	reader.CloseWithError(broken)
	if _, err := Scan(strings.NewReader("a\n"), Scanning{Cleaned: writer}); !errors.Is(err, broken) {
		t.Errorf("writer's error: %v", err)
	}
	for _, delimiter := range []byte("\"\n\r\xe6") {
		if _, err := Scan(strings.NewReader("a\n"), Scanning{Delimiter: delimiter}); err == nil {
			t.Errorf("delimiter %q accepted", delimiter)
		}
	}
}

// idle is a reader that neither reads nor ends.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// TestScanAgainstStandardLibrary holds the scan against encoding/csv on files that both must read alike.
func TestScanAgainstStandardLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "12", "", "æ", ",", "\"", "\n", "\r\n", " ", "x y", "''"}
	for round := range 2000 {
		columns := 1 + random.IntN(4)
		var text bytes.Buffer
		writer := csv.NewWriter(&text)
		writer.UseCRLF = round%2 == 1
		var want [][]string
		for n := range 1 + random.IntN(6) {
			record := make([]string, columns)
			for i := range record {
				for range random.IntN(4) {
					record[i] += pieces[random.IntN(len(pieces))]
				}
			}
			record[0] += "k" // no blank lines: the standard library skips them even in one column
			if n == 0 {
				record[0] += "ey" // no row is the header again
			}
			want = append(want, record)
			if err := writer.Write(record); err != nil {
				t.Fatal(err)
			}
		}
		writer.Flush()
		written := text.Bytes()
		read, err := csv.NewReader(bytes.NewReader(written)).ReadAll()
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		found, err := Scan(&text, Scanning{Kinds: slices.Repeat([]registers.Kind{registers.Code}, columns)})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if int(found.Records) != len(read) || len(read) != len(want) || len(found.Broken) != 0 ||
			int(found.Lines) != bytes.Count(written, []byte("\n")) {
			t.Fatalf("round %d: %+v, want %d records", round, found, len(read))
		}
		if header := strings.ReplaceAll(strings.Join(found.Header, "|"), "\r\n", "\n"); header != strings.Join(read[0], "|") {
			t.Fatalf("round %d: header %q, want %q", round, found.Header, read[0])
		}
		for i, values := range found.Values {
			var codes []string
			for _, record := range read[1:] {
				if record[i] != "" {
					codes = append(codes, record[i])
				}
			}
			slices.Sort(codes)
			for n, code := range values.Codes {
				values.Codes[n] = strings.ReplaceAll(code, "\r\n", "\n")
			}
			slices.Sort(values.Codes)
			if codes = slices.Compact(codes); !slices.Equal(slices.Compact(values.Codes), codes) {
				t.Fatalf("round %d: column %d: %q, want %q", round, i, values.Codes, codes)
			}
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		"", "a", "a,b\n1,2\n", "\ufeff\"a\",b\r\n\"1\r\n\",2\r\n", "a,b\n1,\"2\n3,4\n\"5\",6\n", "a,b\r1,2\r\r3",
		"a,b\n\x00,\xff\n", "a\n1\x1a\n\x1a\n\x00 ", "a\n\x1a\n\xff", "sep=;\r\n\"a\";b\r\n--;--\r\n1;2\r\nA;b \r\n(1 row)", "a,b\n\ufeffb,a\n", "a,b\n\ufeff\ufeff\"1\n\",2\n\ufeff\"3,4\n\ufeff5,\"6\"\n", "a,b\na\",\"b\na\",\"b\n", "a\n\n\n", "a,b\n1, \"2\n\"3\", \"4\",\n", "a,b\n0123456789012345678901234567890123456789\n1,2\n", "sep=;\r\nSep=;",
	} {
		f.Add(seed, uint8(7))
	}
	f.Fuzz(func(t *testing.T, text string, chunk uint8) {
		var cleaned bytes.Buffer
		found, err := scan(strings.NewReader(text), Scanning{Cleaned: &cleaned, Kinds: []registers.Kind{registers.Date, registers.Code, registers.Code}}, 32, 1<<10)
		again, errAgain := scan(strings.NewReader(text), Scanning{Kinds: []registers.Kind{registers.Date, registers.Code, registers.Code}}, 32, 1+int(chunk))
		if fmt.Sprint(err) != fmt.Sprint(errAgain) || !reflect.DeepEqual(found, again) {
			t.Fatalf("read in chunks of %d: %+v, %v; want %+v, %v", 1+int(chunk), again, errAgain, found, err)
		}
		if err != nil {
			if !errors.Is(err, ErrHeader) && !errors.Is(err, ErrOtherOrder) && !errors.Is(err, ErrSecondTable) {
				t.Fatalf("%v", err)
			}
			return
		}
		consistent(t, text, found)
		// One record more, which is no header again, so that the last but one is at no end of a file.
		cleaned.WriteString(strings.Repeat("x", 33) + strings.Repeat(string(rune(found.Delimiter)), max(len(found.Header)-1, 0)) + "\n")
		var copied io.Reader = &cleaned
		if first, _, _ := strings.Cut(cleaned.String(), "\n"); separatorOf([]byte(first)) != 0 {
			copied = io.MultiReader(strings.NewReader("sep="+string(rune(found.Delimiter))+"\n"), copied) // below one, such a line is a header
		}
		recheck, err := scan(copied, Scanning{Delimiter: found.Delimiter}, 4*32, 1<<10) // quoting a field makes its record longer
		if len(found.Header) == 0 {
			recheck.Sound, recheck.Header = 0, nil // that record is its header
		} else {
			recheck.Sound--
		}
		if err != nil || recheck.Sound != found.Sound || len(recheck.Broken) != 0 || recheck.Blank != 0 || recheck.Loose != 0 ||
			!slices.Equal(recheck.Header, found.Header) || recheck.BOM || recheck.NUL || !recheck.UTF8 {
			t.Fatalf("cleaned copy: %+v, %v; want %d sound", recheck, err, found.Sound)
		}
	})
}

func consistent(t *testing.T, text string, found Scanned) {
	t.Helper()
	data, err := io.ReadAll(characters.WithoutEndMark(strings.NewReader(text)))
	if err != nil {
		t.Fatal(err)
	}
	text = string(data)
	if found.Records != found.Headers+found.Sound+int64(len(found.Broken)) {
		t.Fatalf("records do not add up: %+v", found)
	}
	ends := int64(strings.Count(strings.ReplaceAll(text, "\r\n", "\n"), "\n") + strings.Count(strings.ReplaceAll(text, "\r\n", ""), "\r"))
	if found.LF+found.CRLF+found.CR != ends || found.Lines < ends || found.Lines > ends+1 || found.Lines < found.Records+found.Blank {
		t.Fatalf("lines do not add up: %+v, %d line ends", found, ends)
	}
	line := int64(0)
	for row := int64(1); row <= found.Sound; row++ {
		if next := found.Line(row); next <= line || next > found.Lines {
			t.Fatalf("row %d on line %d after %d: %+v", row, next, line, found)
		} else {
			line = next
		}
	}
	record := found.Headers
	for _, b := range found.Broken {
		if b.Record <= record || b.Record > found.Records || b.Line > found.Lines {
			t.Fatalf("broken records out of order: %+v", found.Broken)
		}
		record = b.Record
	}
}

// BenchmarkScan prints MB/s for a file such as the registers', for the same with every field quoted, and with the
// cleaned copy written.
func BenchmarkScan(b *testing.B) {
	var plain, quoted strings.Builder
	plain.WriteString("a,b,c,d,e,f,g,h\n")
	quoted.WriteString("a,b,c,d,e,f,g,h\n")
	for i := range 200_000 {
		row := fmt.Sprintf("P%08d,0203041001,2013-05-17,Sørensen,Anne Marie,1990-01-02,K,5704", i)
		plain.WriteString(row + "\n")
		quoted.WriteString(`"` + strings.ReplaceAll(row, ",", `","`) + "\"\n")
	}
	for _, bench := range []struct {
		name, text string
		cleaned    io.Writer
	}{
		{"plain", plain.String(), nil},
		{"crlf", strings.ReplaceAll(plain.String(), "\n", "\r\n"), nil},
		{"quoted", quoted.String(), nil},
		{"cleaned", plain.String(), io.Discard},
		{"all broken", "x\n" + plain.String(), nil},
		{"quotes never closed", "a,b\n" + strings.Repeat("1,\"x\n", 2_000_000), nil},
		{"quotes closed by others", "a,b,c,d,e,f,g,h\n" + strings.Repeat("a\",\"b\n", 2_000_000), nil},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Scan(strings.NewReader(bench.text), Scanning{Cleaned: bench.cleaned}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestScanTellsBlanksAtTheEdges(t *testing.T) {
	for text, edged := range map[string]bool{
		"a,b\nx y,z\n":                  false,
		"a,b\n\"§ 7, stk. 1\",z\n":      false,
		"a,b\n\"x ,\n y\",\"\"\"q\"\n":  false,
		"a,b\n x,y\n":                   true,
		"a,b\nx ,y\n":                   true,
		"a,b\nx, y\n":                   true,
		"a,b\nx,y \n":                   true,
		"a,b\nx,y \r\n":                 true,
		"a,b\nx,y ":                     true,
		"a,b\n\" x\",y\n":               true,
		"a,b\nx,\"y \"\n":               true,
		"a,b\nx,\"\ny\"\n":              true,
		"a,b\n\tx,y\n":                  true,
		"a,b\n , \n":                    true,
		"a,b\n\u00a0x,y\n":              true,
		"a,b\nx,y\u00a0\n":              true,
		"a,b\n\"q\",r\n1,2\n3,\" 4\"\n": true,
	} {
		if found := mustScan(t, text); found.Edged != edged {
			t.Errorf("%q: %t, want %t", text, found.Edged, edged)
		}
		// Byte by byte: a character may be cut in two.
		if found, err := scan(strings.NewReader(text), Scanning{}, 1<<10, 1); err != nil || found.Edged != edged {
			t.Errorf("%q: %t byte by byte, %v, want %t", text, found.Edged, err, edged)
		}
	}
}
