package reports

import (
	"context"
	"os"
	"testing"
)

func TestLook(t *testing.T) {
	d, err := Find("annual")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"da", "en"} {
		r, err := Build(context.Background(), d, sample{}.source, sampleCommission(lang))
		if err != nil {
			t.Fatal(err)
		}
		f, _ := os.Create("/tmp/look-" + lang + ".html")
		if err := r.HTML(f); err != nil {
			t.Fatal(err)
		}
		f.Close()
		g, _ := os.Create("/tmp/look-" + lang + ".txt")
		x, _ := os.Create("/tmp/look-" + lang + ".xlsx")
		if err := r.Excel(x); err != nil {
			t.Fatal(err)
		}
		x.Close()
		r.Text(g)
		g.Close()
	}
}
