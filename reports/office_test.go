package reports_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"koblet/reports"
)

var office = flag.String("office", "", "read every document again in this LibreOffice")

// TestOffice: LibreOffice opens a document as it is, and reads each paragraph and each cell that stands in it, in order, and the foot once a document.
func TestOffice(t *testing.T) {
	if *office == "" {
		t.Skip("make office names a LibreOffice")
	}
	for _, language := range []string{"da", "en"} {
		c := reports.SampleCommission(language)
		c.Asked = reports.Asked{Question: asked, Number: "420"}
		public := c
		public.Edition = reports.Public
		everything := everything()
		everything.Language, everything.Edition = language, public.Edition
		for name, r := range map[string]reports.Report{"annual": reports.Annual(t, reports.Sample{Since: 2009}, language), "answer": answer(t, c), "public": answer(t, public), "everything": everything} {
			document := documentOf(t, r)
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "in.docx"), document, 0o600); err != nil {
				t.Fatal(err)
			}
			told, err := exec.CommandContext(t.Context(), *office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, filepath.Join(dir, "in.docx")).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, told)
			}
			read, err := os.ReadFile(filepath.Join(dir, "in.txt"))
			if err != nil {
				t.Fatalf("%s, %s: %s", name, language, told)
			}
			rest, found := strings.Join(strings.Fields(string(read)), " "), 0
			for _, p := range partsOf(t, document)["word/document.xml"].all("p") {
				want := strings.Join(strings.Fields(p.said()), " ")
				at := strings.Index(rest, want)
				if at < 0 {
					t.Fatalf("%s, %s: after %d texts %q is not read", name, language, found, want)
				}
				rest, found = rest[at+len(want):], found+1
			}
			if found < 100 {
				t.Errorf("%s, %s: %d texts", name, language, found)
			}
		}
	}
}
