package terminal

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// drawn is what a screen has received after work of two phases that together took so long.
func drawn(t *testing.T, interactive bool, took time.Duration) string {
	t.Helper()
	var screen bytes.Buffer
	synctest.Test(t, func(*testing.T) {
		p := Watch(Terminal{Err: &screen, Interactive: interactive}, "thinking")
		p.At("permits.csv", 0, 200)
		time.Sleep(took)
		p.At("permits.csv", 100, 200)
		time.Sleep(took)
		p.End()
	})
	return screen.String()
}

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		name        string
		interactive bool
		took        time.Duration
		wants       string
	}{
		{"no screen", false, 25 * time.Second, ""},
		{"long work without a screen", false, 61 * time.Second, "koblet: permits.csv: 0 %\nkoblet: permits.csv: 50 %\n"},
		{"short work", true, 400 * time.Millisecond, ""},
		{"long work", true, 2 * time.Second, "permits.csv  50%"},
		{"long work, with its rate", true, 2 * time.Second, " steps/s)"},
	} {
		got := drawn(t, c.interactive, c.took)
		if (c.wants == "") != (strings.TrimLeft(got, "\r\x1b[2K") == "") || !strings.Contains(got, c.wants) {
			t.Errorf("%s: drawn %q, want %q", c.name, got, c.wants)
		}
		if c.interactive && got != "" && !strings.HasSuffix(got, "\r") {
			t.Errorf("%s: the bar is not wiped: %q", c.name, got)
		}
	}
}
